import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../engine/ports/edges.ts';
import type { OtherSource } from '../../engine/ports/otherSource.ts';
import { isKeptError } from '../../kernel/keptError.ts';
import { systemClock } from '../clock/systemClock.ts';
import { memberNamed } from './members.ts';
import { readBounded } from './readBounded.ts';
import { demandKey, isMarked } from './requestMark.ts';
import { fromWire, toWire } from './wire.ts';

const MOST_BYTES = 4 * 1024 * 1024;
/** Answers that are kept in case they did not arrive. */
const KEPT_ANSWERS = 500;

export interface ServeDataOptions {
  /** The same as that of `httpData`. */
  readonly key: string;
  readonly clock?: Clock;
  /** Told of what failed: the member's name and the error, nothing of the request. */
  readonly log?: (member: string, error: unknown) => void;
}

/**
 * Serves a source of personal data to `httpData`, mounted on a path of its own and before anything that reads bodies. Who has
 * not the key learns nothing but that. Throws SOURCE_KEY_INVALID.
 */
export function serveData(source: OtherSource, options: ServeDataOptions): RequestHandler {
  const { key, clock = systemClock, log = () => {} } = options;
  demandKey(key);
  const answered = new Map<string, Promise<string>>();

  /** What was changed is not changed again for a request whose answer was lost. */
  const once = (id: string, work: () => Promise<string>): Promise<string> => {
    const known = answered.get(id);
    if (known) return known;
    const answer = work();
    answered.set(id, answer);
    answer.catch(() => answered.delete(id));
    for (const oldest of answered.keys()) {
      if (answered.size <= KEPT_ANSWERS) break;
      answered.delete(oldest);
    }
    return answer;
  };

  const serve = async (req: Request, res: Response): Promise<void> => {
    const name = req.path.slice(1);
    const [time, id, signature] = ['kept-time', 'kept-request', 'kept-signature'].map((each) => req.get(each) ?? '');
    const body = req.method === 'POST' ? await readBounded(req, MOST_BYTES) : '';
    if (body === undefined) return fail(res, 413);
    const marked = { member: name, id: id ?? '', body };
    if (!isMarked(key, marked, { time: time ?? '', signature: signature ?? '' }, clock.now())) return fail(res, 401);
    const member = memberNamed(name);
    if (!member || !(name in source)) return fail(res, 404);
    const given = namedValues(body, member.takes);
    if (!given) return fail(res, 422);

    const work = async (): Promise<string> => {
      // The database's driver is loaded only where somebody serves data.
      const { answerMember } = await import('./answerMember.ts');
      return toWire({ result: await answerMember(source, name, given) });
    };
    if (member.answers === 'lines' && source.peopleBy)
      return writeLines(res, source.peopleBy(given.collection as string, given.records as never));
    const text = await (member.changes ? once(marked.id, work) : work());
    res.status(200).type('application/json').set('cache-control', 'no-store').send(text);
  };
  return (req, res) => {
    serve(req, res).catch((error: unknown) => {
      log(req.path.slice(1), error);
      // Half an answer is not taken for a whole one: the last line is missing.
      if (res.headersSent) res.destroy();
      else fail(res, isKeptError(error) && error.code.endsWith('_INVALID') ? 422 : 500);
    });
  };
}

async function writeLines(res: Response, values: AsyncIterable<unknown>): Promise<void> {
  res.status(200).type('application/x-ndjson').set('cache-control', 'no-store');
  for await (const value of values) {
    if (!res.write(`${toWire({ value })}\n`)) await new Promise((resolve) => res.once('drain', resolve));
  }
  res.end(`${toWire({ end: true })}\n`);
}

/** Undefined where it is no object, or has something that nobody asked for, or a name that is no text. */
function namedValues(body: string, takes: readonly string[]): Record<string, unknown> | undefined {
  try {
    const given = fromWire(body);
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
    const entries = Object.entries(given);
    const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 1_000;
    const fits = entries.every(([name, value]) => takes.includes(name) && (!TEXTS.has(name) || isText(value)));
    const isWhole = takes.every((name) => !TEXTS.has(name) || Object.hasOwn(given, name));
    return fits && isWhole ? Object.fromEntries(entries) : undefined;
  } catch {
    return undefined;
  }
}

const TEXTS = new Set(['subject', 'collection', 'address']);

function fail(res: Response, status: number): void {
  res.status(status).type('application/json').send('{}');
}
