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
