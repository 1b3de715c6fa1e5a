import { isSecure } from '../../adapters/loopback/isSecure.ts';
import type { Network } from '../../engine/egress/egressGate.ts';
import type { Cleared, Outgoing } from '../../engine/egress/passRequest.ts';
import { egressInvalid } from '../../kernel/egress/egressInvalid.ts';
import { readBody } from './requestBody.ts';

const MOST_HOPS = 5;

/** A gate for requests of the web's own kind, and `fetch` through it. */
export const network: Network = (clear) => {
  const request = (asked: Request): Promise<Request> => clearedRequest(clear, asked);
  return {
    request,
    async fetch(input, init = {}) {
      let next = new Request(input, init);
      for (let hop = 0; hop < MOST_HOPS; hop += 1) {
        const sent = await request(next);
        // A body that must be sent again is kept: what was read once is gone.
        const again = sent.clone();
        // What is not part of a request, such as a dispatcher, is the caller's affair.
        const answer = await fetch(sent, { ...rest(init), redirect: 'manual' });
        const location = answer.headers.get('location');
        if (![301, 302, 303, 307, 308].includes(answer.status) || location === null) return answer;
        await answer.body?.cancel();
        next = redirected(again, new URL(location, sent.url), answer.status);
      }
      throw egressInvalid('fetch', `The recipient redirects more than ${MOST_HOPS} times`, 'Ask the recipient.');
    },
  };
};

async function clearedRequest(clear: (outgoing: Outgoing) => Promise<Cleared>, asked: Request): Promise<Request> {
  const url = new URL(asked.url);
  const read = await readBody(asked);
  const cleared = await clear({ url, secure: isSecure(url), headers: [...asked.headers], body: read.body });

  url.search = String(
    new URLSearchParams(
      cleared.query.flatMap(({ at, value }) => (value === undefined ? [] : [[String(at[0]).slice(1), String(value)]])),
    ),
  );
  url.hash = '';
  const { body, type } = read.write(cleared.body);
  const headers = new Headers(cleared.headers.map(([name, value]): [string, string] => [name, value]));
  // Length and form are those of what is left.
  for (const name of ['content-length', 'content-type']) headers.delete(name);
  if (type !== undefined && body !== null) headers.set('content-type', type);
  const { method, signal } = asked;
  return new Request(url, {
    method,
    headers,
    ...(body && { body }),
    signal,
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  });
}

function rest({ method: _, headers: _h, body: _b, redirect: _r, signal: _s, ...others }: RequestInit): RequestInit {
  return others;
}

/** As browsers do it: only 307 and 308 send the body again. The recipient's key goes to no other host. */
function redirected(sent: Request, url: URL, status: number): Request {
  const headers = new Headers(sent.headers);
  if (url.origin !== new URL(sent.url).origin) for (const name of ['authorization', 'x-api-key']) headers.delete(name);
  const { signal } = sent;
  if (status === 307 || status === 308) {
    return new Request(url, { method: sent.method, headers, body: sent.body, signal, duplex: 'half' } as RequestInit);
  }
  return new Request(url, { method: sent.method === 'HEAD' ? 'HEAD' : 'GET', headers, signal });
}
