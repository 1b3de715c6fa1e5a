import type { Request } from 'express';

/** The value of a cookie that the browser sent; nothing that could not have been set by us. */
export function cookieIn(req: Request, name: string): string | undefined {
  for (const pair of (req.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value && /^[\w.-]+$/.test(value)) return value;
  }
  return undefined;
}
