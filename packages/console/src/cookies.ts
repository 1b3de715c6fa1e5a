/** The cookies of the console. All are HttpOnly, SameSite=Lax and bound to the mount path. */
export const COOKIES = {
  /** Token of the staff session. */
  session: 'kept_console',
  /** Binds the sign-in form to this browser, before there is a session. */
  visitor: 'kept_console_visitor',
  /** Code of what the next page says at its top. */
  flash: 'kept_console_flash',
} as const;

/** Reads a Cookie header (RFC 6265, 4.2.1); of doubled names the first counts. Broken escapes read as absent. */
export function readCookies(header: string | undefined): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !(name in found)) found[name] = decoded(pair.slice(at + 1).trim());
  }
  return found;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
