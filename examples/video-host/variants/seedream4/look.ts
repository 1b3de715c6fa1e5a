import type { Request, Response } from 'express';
import { cookieIn } from '../../src/web/cookieIn.ts';
import { type Editor, isPermitted } from './editor.ts';

export const styles = ['photograph', 'watercolour', 'drawing', 'poster'] as const;
export const aspects = ['wide', 'square', 'tall'] as const;

export interface Look {
  readonly style: string;
  readonly aspect: string;
}

const usual: Look = { style: 'photograph', aspect: 'wide' };

/** The style and format that the form begins with: what the person chose, and nothing that lies with us. */
export function lookOf(req: Request): Look {
  const [style = '', aspect = ''] = (cookieIn(req, 'look') ?? '').split('.');
  return isLook({ style, aspect }) ? { style, aspect } : usual;
}

/** Remembers a choice on the device. */
export function remember(req: Request, res: Response, look: Look): void {
  const value = `${look.style}.${look.aspect}`;
  res.cookie('look', value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: req.secure,
    maxAge: 180 * 86_400_000,
    path: '/',
  });
}

/** Remembers what was used, without having been told to: only for people who said that we may. */
export async function learn(editor: Editor, req: Request, res: Response, subject: string, look: Look): Promise<void> {
  const question = { subject, purpose: 'service.personalisation', category: 'log.cookie.preference' };
  if (await isPermitted(editor, question)) remember(req, res, look);
}

export function isLook({ style, aspect }: Look): boolean {
  return styles.some((each) => each === style) && aspects.some((each) => each === aspect);
}
