import { decideCookie } from '@kept/core';
import type { Request, Response } from 'express';
import { Refusal } from '../../src/web/refusal.ts';
import { demandPermitted, type Studio } from './studio.ts';

const themes: readonly string[] = ['light', 'dark'];
const lastsFor = 365 * 86_400_000;

/** The theme that the person chose; nothing is set before. */
export function themeOf(req: Request): string | undefined {
  const [, theme] = /(?:^|;\s*)theme=(\w+)/.exec(req.get('cookie') ?? '') ?? [];
  return themes.find((each) => each === theme);
}

/** Remembers a theme in the browser, or forgets it. The policy is asked before a cookie of this kind is set. */
export function rememberTheme({ kept, now }: Studio, res: Response, theme: string): void {
  if (!themes.includes(theme)) {
    res.clearCookie('theme', { path: '/' });
    return;
  }
  const decision = decideCookie(kept.policy, 'preferences', [], now());
  demandPermitted(decision, (why) => new Refusal(403, `The theme is not remembered: ${why}.`));
  res.cookie('theme', theme, { sameSite: 'lax', maxAge: lastsFor, path: '/' });
}
