import type { Request, Response } from 'express';

/** Of which kind each cookie of the studio is; one that is not named here is never set. */
export const cookies = { sid: 'essential', theme: 'preferences' } as const;

/** The same for what the studio's pages keep in local storage. */
export const storage = { style: 'preferences' } as const;

const themes: readonly string[] = ['light', 'dark'];
const lastsFor = 365 * 86_400_000;

/** The theme that the person chose; nothing is set before. */
export function themeOf(req: Request): string | undefined {
  const [, theme] = /(?:^|;\s*)theme=(\w+)/.exec(req.get('cookie') ?? '') ?? [];
  return themes.find((each) => each === theme);
}

/** Remembers a theme in the browser, or forgets it. */
export function rememberTheme(res: Response, theme: string): void {
  if (themes.includes(theme)) res.cookie('theme', theme, { sameSite: 'lax', maxAge: lastsFor, path: '/' });
  else res.clearCookie('theme', { path: '/' });
}
