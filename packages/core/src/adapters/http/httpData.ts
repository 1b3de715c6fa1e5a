import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonalDataSource, Profile } from '../../engine/ports/personalDataSource.ts';
import { isKeptError, KeptError } from '../../kernel/keptError.ts';
import { systemClock } from '../clock/systemClock.ts';
import { isSecure } from '../loopback/isSecure.ts';
import { linesOf } from './linesOf.ts';
import { type Member, memberNamed, members } from './members.ts';
import { readBounded } from './readBounded.ts';
import { demandKey, markOf } from './requestMark.ts';
import { sourceBroken } from './sourceBroken.ts';
import { fromWire, toWire } from './wire.ts';

export interface HttpDataOptions {
  /** Where the source is asked: the name of the member follows, such as `https://crm.example.org/kept/survey`. */
  readonly url: string;
  /** At least 32 random characters, known to both sides. */
  readonly key: string;
  /** For one answer; absent: 30 seconds. */
  readonly timeoutMs?: number;
  /** How often a request is made that is not answered; absent: 3. */
  readonly attempts?: number;
  /** Before the second attempt; twice as long before each further one. Absent: 250. */
  readonly waitMs?: number;
  /** An answer, or a line of one, is not longer than so many bytes; absent: 16 MiB. */
  readonly mostBytes?: number;
}

/** Records of a person, with all their files, in one answer. */
const MOST_RECORDS = 1_000;

/** Answers after which the same request may still be answered (RFC 9110, 6585). */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Personal data of something else than this database, such as a CRM, asked over HTTP; `serveData` is the other side, and
 * docs/guides/data-elsewhere the protocol. Requests are signed and made again under the same id where no answer came.
 *
 * Throws SOURCE_INVALID for an address without TLS, SOURCE_KEY_INVALID; its members throw SOURCE_BROKEN and SOURCE_REFUSED.
 */
export function httpData(options: HttpDataOptions): PersonalDataSource {
  const { key, timeoutMs = 30_000, attempts = 3, waitMs = 250, mostBytes = 16 * 1024 * 1024 } = options;
  const base = demandAddress(options.url);
  demandKey(key);

  const once = async (member: string, id: string, body: string): Promise<Response> => {
    const headers = { 'content-type': 'application/json', ...markOf(key, { member, id, body }, systemClock.now()) };
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`${base}/${member}`, { method: 'POST', headers, body, signal, redirect: 'manual' });
    if (response.status === 200) return response;
    await response.body?.cancel();
    if (PASSING.has(response.status)) throw sourceBroken(member, `answered ${response.status}`);
    throw refused(member, response.status);
  };
  const ask = async <T>(member: string, given: object, read: (response: Response) => Promise<T>): Promise<T> => {
    const id = randomUUID();
    const body = toWire(given);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await read(await once(member, id, body));
      } catch (error) {
        if (isKeptError(error) && error.code !== 'SOURCE_BROKEN') throw error;
        if (attempt >= attempts) throw isKeptError(error) ? error : sourceBroken(member, 'does not answer', error);
        await sleep(waitMs * 2 ** (attempt - 1));
      }
    }
  };
  const call = (name: string, given: object): Promise<unknown> =>
    ask(name, given, async ({ body }) => {
      const text = body ? await readBounded(body, mostBytes) : '';
      if (text === undefined) throw refused(name, 200, `answers more than ${mostBytes} bytes`);
      return answerOf(name, text);
    });

  const asked = Object.entries(members).map(([name, { takes }]): [string, unknown] => [
    name,
    (...given: unknown[]) => call(name, named(takes, given)),
  ]);
  const plain = Object.fromEntries(asked) as unknown as Omit<PersonalDataSource, 'kind'>;
  return {
    ...plain,
    kind: 'http',
    // Asked again it tells of the rest; an answer has an end.
    recordsOf: (subject, collection, limit, captured) =>
      plain.recordsOf(subject, collection, Math.min(limit, MOST_RECORDS), captured),
    async profilesOf(subjects) {
      return new Map((await call('profilesOf', { subjects })) as [string, Profile][]);
    },
    async residue(identifiers, { beat, ...look } = {}) {
      for (let from = look.from; ; ) {
        const { more, ...soFar } = await plain.residue(identifiers, { ...look, ...(from && { from }), pieces: 1 });
        await beat?.(soFar);
        if (!more) return soFar;
        from = soFar;
      }
    },
    async *peopleBy(collection, records) {
      const body = await ask('peopleBy', { collection, records }, async (response) => response.body);
      yield* linesOf(body ?? new ReadableStream(), 'peopleBy', mostBytes) as ReturnType<typeof plain.peopleBy>;
    },
  };
}

const KEYS = new Set(['ids', 'gone']);

/** Keys of records travel in their string form, whatever they are where they lie. */
function named(takes: readonly string[], given: readonly unknown[]): object {
  return Object.fromEntries(
    takes.map((name, at) => [name, KEYS.has(name) ? (given[at] as unknown[]).map(String) : given[at]]),
  );
}

const fits: Readonly<Record<Member['answers'], (value: unknown) => boolean>> = {
  list: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  number: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  flag: (value) => typeof value === 'boolean',
  lines: () => false,
};

function answerOf(name: string, text: string): unknown {
  try {
    const { result } = fromWire(text) as { result?: unknown };
    if (fits[memberNamed(name)?.answers ?? 'lines'](result)) return result;
  } catch (cause) {
    throw sourceBroken(name, 'answered something that is no JSON', cause);
  }
  throw sourceBroken(name, 'answered something else than it was asked for');
}

function refused(member: string, status: number, message = `refused with ${status}`): KeptError {
  return new KeptError('SOURCE_REFUSED', `A source of personal data ${message}`, {
    place: `httpData, ${member}`,
    remedy: 'Compare the key and the clocks of both sides, and look at what the source logged.',
  });
}

function demandAddress(address: string): string {
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  const isBare = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url && isWeb && isBare && isSecure(url)) return url.href.replace(/\/+$/, '');
  throw new KeptError('SOURCE_INVALID', 'A source is asked at an https address without a password or a query in it', {
    place: 'httpData, url',
    remedy: 'Write https://…',
  });
}
