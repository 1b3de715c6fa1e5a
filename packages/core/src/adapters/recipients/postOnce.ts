import { request as overHttp } from 'node:http';
import { request as overTls } from 'node:https';
import type { AddressGuard } from './addressGuard.ts';

/** More of an answer is not read. */
const MOST_BYTES = 65_536;

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** One POST to one address: no redirect is followed, and all of it, to the last byte of the answer, ends in time. */
export async function postOnce(
  url: URL,
  {
    headers,
    body,
    timeoutMs,
    guard,
  }: { headers: Record<string, string>; body: string; timeoutMs: number; guard: AddressGuard },
): Promise<Answered> {
  guard.demand(url);
  const send = url.protocol === 'https:' ? overTls : overHttp;
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    lookup: guard.lookup,
    signal: AbortSignal.timeout(timeoutMs),
    agent: false,
  } as const;
  const sent = send(url, options, (answer) => {
    const parts: Buffer[] = [];
    let size = 0;
    const end = (): void => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') });
    answer.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MOST_BYTES) return void parts.push(part);
      end();
      sent.destroy();
    });
    answer.on('end', end);
    answer.on('error', reject);
  });
  sent.on('error', reject);
  sent.end(body);
  return promise;
}
