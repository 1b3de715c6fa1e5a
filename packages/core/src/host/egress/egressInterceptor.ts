import type { EgressGate } from '../../engine/keptEgress.ts';
import { egressInvalid } from '../../kernel/egress/egressInvalid.ts';

/** The part of undici's dispatchers that is used; undici itself is the host's. */
export interface DispatchOptions {
  readonly origin?: string | URL;
  readonly path: string;
  readonly method: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: unknown;
  readonly body?: unknown;
  /** A connection that becomes another, such as a WebSocket. */
  readonly upgrade?: unknown;
}

type Handler = Partial<Record<'onResponseError' | 'onError', (...args: never[]) => void>>;
type Dispatch<O, H> = (options: O, handler: H) => boolean;

/**
 * Lets what undici sends through a gate, each redirect included: `new Agent().compose(egressInterceptor(gate))`, as the
 * dispatcher of a `fetch` or of a client. What is refused fails as the request.
 */
export function egressInterceptor(
  gate: Pick<EgressGate, 'request'>,
): <O extends DispatchOptions, H extends object>(dispatch: Dispatch<O, H>) => Dispatch<O, H> {
  return (dispatch) => (options, handler) => {
    cleared(gate, options).then(
      (change) => dispatch({ ...options, query: undefined, ...change }, handler),
      (error: Error) => fail(handler, error),
    );
    return true;
  };
}

async function cleared(
  gate: Pick<EgressGate, 'request'>,
  { origin, path, method, query = {}, headers, body, upgrade }: DispatchOptions,
): Promise<Pick<DispatchOptions, 'path' | 'headers' | 'body'>> {
  if (origin === undefined || method === 'CONNECT') {
    throw egressInvalid(
      'dispatcher',
      'It is not said to which host this goes',
      'Compose the interceptor with an Agent.',
    );
  }
  const url = new URL(path, origin);
  // A path may be an address of its own, and undici goes to the origin all the same.
  if (url.origin !== new URL(origin).origin) {
    throw egressInvalid('dispatcher', 'The path leads to another host than the origin', 'Write the path alone.');
  }
  if (upgrade) {
    throw egressInvalid(
      'dispatcher',
      'What a WebSocket sends passes no gate',
      'Send requests, or pass() each message.',
    );
  }
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) url.searchParams.append(name, String(each));
  }
  const asked = new Request(url, {
    method,
    headers: headerPairs(headers),
    ...(body !== null && body !== undefined && { body: bodyOf(body), duplex: 'half' }),
  } as RequestInit);
  const clear = await gate.request(asked);
  const sent = new URL(clear.url);
  return {
    path: `${sent.pathname}${sent.search}`,
    headers: Object.fromEntries(clear.headers),
    body: clear.body === null ? null : new Uint8Array(await clear.arrayBuffer()),
  };
}

/** Undici has them as a mapping, as pairs, or flat. */
function headerPairs(headers: unknown): [string, string][] {
  if (headers === null || headers === undefined) return [];
  const isFlat = Array.isArray(headers) && !Array.isArray(headers[0]);
  if (isFlat) return headers.flatMap((name, at) => (at % 2 === 0 ? [[String(name), String(headers[at + 1])]] : []));
  const pairs =
    Symbol.iterator in Object(headers) ? [...(headers as Iterable<[string, unknown]>)] : Object.entries(headers);
  return pairs.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [value].flat().map((each): [string, string] => [name, String(each)]),
  );
}

/** A form of undici's own class is no form for the web's. */
function bodyOf(body: unknown): unknown {
  if (Object.prototype.toString.call(body) !== '[object FormData]') return body;
  const form = new FormData();
  for (const [name, value] of body as FormData) form.append(name, value);
  return form;
}

function fail(handler: Handler, error: Error): void {
  const told = handler as Partial<Record<'onResponseError' | 'onError', (...args: unknown[]) => void>>;
  if (told.onResponseError) told.onResponseError(undefined, error);
  else told.onError?.(error);
}
