import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import type { House } from './openHouse.ts';

/** Somebody's browser: keeps cookies, follows no redirect, and sends forms. */
export interface Browser {
  get(path: string): Promise<Response>;
  post(path: string, form: Readonly<Record<string, string>>): Promise<Response>;
  json<T>(path: string): Promise<T>;
  cookie(): string;
}

export function browserOf({ urls }: Pick<House, 'urls'>): Browser {
  const jar = new Map<string, string>();
  const cookie = (): string => [...jar].map((pair) => pair.join('=')).join('; ');
  const send = async (path: string, more: RequestInit = {}): Promise<Response> => {
    const headers = { ...more.headers, cookie: cookie() };
    const answer = await fetch(new URL(path, urls.host), { redirect: 'manual', ...more, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  return {
    get: (path) => send(path),
    post: (path, form) =>
      send(path, { method: 'POST', body: new URLSearchParams(form), headers: { accept: 'application/json' } }),
    json: async <T>(path: string) =>
      (await (await send(path, { headers: { accept: 'application/json' } })).json()) as T,
    cookie,
  };
}

/** A browser in which the person has signed in: through the provider by which they came, or by password. */
export async function signedIn(
  house: Pick<House, 'urls'>,
  { email, password = '' }: SeededPerson,
  identity: { readonly provider: string; readonly email: string } | undefined,
): Promise<Browser> {
  const browser = browserOf(house);
  const { status } = identity
    ? await browser.post('/sign-up/provider', { provider: identity.provider, email: identity.email })
    : await browser.post('/sign-in', { email, password });
  if (status !== 303) throw new Error(`${email} was not let in: ${status}`);
  return browser;
}
