import type { OutgoingHttpHeader, ServerResponse } from 'node:http';

type Heads = readonly OutgoingHttpHeader[] | Readonly<Record<string, OutgoingHttpHeader | undefined>>;

/**
 * Looks at every `Set-Cookie` of an answer in the moment in which its head is written, whoever wrote it and however: what
 * `keeps` refuses goes, what `adds` answers comes. A cookie that is being ended passes. A session mounted before sets its cookie
 * after that, with `setHeader` or `appendHeader`: those are looked at too.
 */
export function holdBack(
  res: ServerResponse,
  { keeps, adds, now }: { keeps: (name: string) => boolean; adds: () => readonly string[]; now: Date },
): void {
  const writeHead = res.writeHead;
  const passing = (value: OutgoingHttpHeader | undefined): string[] =>
    listOf(value).filter((line) => isEnding(line, now) || keeps(nameOf(line)));
  let isDone = false;
  res.writeHead = function heldBack(this: ServerResponse, status: number, ...rest: unknown[]): ServerResponse {
    const [reason, heads] = typeof rest[0] === 'string' ? [rest[0], rest[1]] : [undefined, rest[0]];
    if (!this.headersSent && heads) putHeads(this, heads as Heads);
    if (!this.headersSent && !isDone) {
      isDone = true;
      const all = [...passing(this.getHeader('set-cookie')), ...adds()];
      if (all.length > 0) this.setHeader('set-cookie', all);
      else this.removeHeader('set-cookie');
      filterFromNowOn(this, passing);
    }
    if (typeof reason === 'string') this.statusMessage = reason;
    return writeHead.call(this, status);
  } as typeof res.writeHead;
}

function filterFromNowOn(res: ServerResponse, passing: (value: OutgoingHttpHeader) => string[]): void {
  const isCookies = (name: string): boolean => name.toLowerCase() === 'set-cookie';
  for (const method of ['setHeader', 'appendHeader'] as const) {
    const put = res[method] as (name: string, value: number | string | readonly string[]) => ServerResponse;
    res[method] = (name: string, value: number | string | readonly string[]) =>
      put.call(res, name, isCookies(name) ? passing(value as OutgoingHttpHeader) : value);
  }
}

/** What was handed to `writeHead` itself counts as if it had been set before. */
function putHeads(res: ServerResponse, heads: Heads): void {
  if (!Array.isArray(heads)) {
    for (const [name, value] of Object.entries(heads)) if (value !== undefined) res.setHeader(name, value);
    return;
  }
  const pairs = Array.isArray(heads[0]) ? (heads as unknown as [string, OutgoingHttpHeader][]) : inPairs(heads);
  for (const name of new Set(pairs.map(([each]) => each.toLowerCase()))) {
    const values = pairs.filter(([each]) => each.toLowerCase() === name).flatMap(([, value]) => listOf(value));
    const [only] = values;
    res.setHeader(name, values.length === 1 && only !== undefined ? only : values);
  }
}

function inPairs(flat: readonly OutgoingHttpHeader[]): [string, OutgoingHttpHeader][] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[String(name), flat[at + 1] ?? '']] : []));
}

function listOf(value: OutgoingHttpHeader | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...value] : [String(value)];
}

function nameOf(line: string): string {
  return line.slice(0, Math.max(0, line.search(/[=;]|$/))).trim();
}

/** As browsers read it: `Max-Age` comes before `Expires`, and of several the last counts (RFC 6265, section 5.3). */
function isEnding(line: string, now: Date): boolean {
  const [, ...attributes] = line.split(';');
  const last = (form: RegExp): string | undefined => attributes.flatMap((each) => form.exec(each)?.[1] ?? []).at(-1);
  const age = last(/^\s*max-age\s*=\s*(-?\d+)\s*$/i);
  if (age !== undefined) return Number(age) <= 0;
  const expires = last(/^\s*expires\s*=(.*)$/i);
  return expires !== undefined && new Date(expires) <= now;
}
