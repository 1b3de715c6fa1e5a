import type { IncomingMessage } from 'node:http';

/** Names of cookies are tokens (RFC 6265, section 4.1.1); others are none that we could answer. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** The cookies that a browser sent, in its order; a name may come twice. */
export function cookiesIn(req: IncomingMessage): { readonly name: string; readonly value: string }[] {
  return (req.headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    return at > 0 && TOKEN.test(name) ? [{ name, value: pair.slice(at + 1).trim() }] : [];
  });
}
