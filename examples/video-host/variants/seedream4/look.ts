import { cookiesOf } from '@kept/core';
import type { Request, Response } from 'express';
import { cookieIn } from '../../src/web/cookieIn.ts';

export const styles = ['photograph', 'watercolour', 'drawing', 'poster'] as const;
export const aspects = ['wide', 'square', 'tall'] as const;

export interface Look {
  readonly style: string;
  readonly aspect: string;
}

const usual: Look = { style: 'photograph', aspect: 'wide' };
const lastsFor = 180 * 86_400_000;

/** The style and format that the form begins with: what the person chose, else what they used; nothing of it lies with us. */
export function lookOf(req: Request): Look {
  return lookIn(req, 'look') ?? lookIn(req, 'habit') ?? usual;
}

/** Remembers a choice on the device. */
export function remember(req: Request, res: Response, look: Look): void {
  keep(req, res, 'look', look);
}

/** Remembers what was used, without having been told to: only for people who said that we may. */
export function learn(req: Request, res: Response, look: Look): void {
  if (cookiesOf(req).may('personalisation')) keep(req, res, 'habit', look);
}

function lookIn(req: Request, cookie: string): Look | undefined {
  const [style = '', aspect = ''] = (cookieIn(req, cookie) ?? '').split('.');
  return isLook({ style, aspect }) ? { style, aspect } : undefined;
}

function keep(req: Request, res: Response, cookie: string, { style, aspect }: Look): void {
  const { secure } = req;
  res.cookie(cookie, `${style}.${aspect}`, { httpOnly: true, sameSite: 'lax', secure, maxAge: lastsFor, path: '/' });
}

export function isLook({ style, aspect }: Look): boolean {
  return styles.some((each) => each === style) && aspects.some((each) => each === aspect);
}
