/** A text read through one layer of escapes, with where in the original each of its characters comes from. */
export interface Unescaped {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** One character at a time: an engine that looks back over a long run of them would run out of stack. */
const escapes =
  /%[c-d][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[0-9a-f]{2}|&(?:#x[0-9a-f]{1,8}|#\d{1,10}|[a-z]{2,8});?|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\["'\\/bfnrt]/gi;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  lowbar: '_',
  hyphen: '-',
  dash: '-',
  plus: '+',
  colon: ':',
  sol: '/',
  num: '#',
  szlig: 'ß',
};

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads percent-encoding, HTML entities and the escapes of JSON and JavaScript; undefined where there are none. */
export function unescaped(text: string): Unescaped | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  let read = '';
  let last = 0;
  const add = (part: string, start: number, end: number, together: boolean): void => {
    for (let at = 0; at < part.length; at += 1) {
      starts.push(together ? start : start + at);
      ends.push(together ? end : start + at + 1);
    }
    read += part;
  };
  for (const hit of text.matchAll(escapes)) {
    const meant = meaningOf(hit[0]);
    if (meant === undefined) continue;
    add(text.slice(last, hit.index), last, hit.index, false);
    last = hit.index + hit[0].length;
    add(meant, hit.index, last, true);
  }
  if (last === 0) return undefined;
  add(text.slice(last), last, text.length, false);
  return { text: read, starts, ends };
}

function meaningOf(written: string): string | undefined {
  if (written.startsWith('%')) return utf8(written.slice(1).split('%'));
  if (written.startsWith('&')) return entityOf(written.slice(1).replace(/;$/, ''));
  const body = written.slice(1);
  if (/^u\{/i.test(body)) return character(Number.parseInt(body.slice(2, -1), 16));
  if (/^[ux]/i.test(body)) return unit(body.slice(1));
  return letters[body] ?? body;
}

function entityOf(name: string): string | undefined {
  if (/^#x/i.test(name)) return character(Number.parseInt(name.slice(2), 16));
  if (name.startsWith('#')) return character(Number(name.slice(1)));
  const marked = /^([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash)$/i.exec(name);
  return marked?.[1] ?? entities[name.toLowerCase()];
}

function character(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function unit(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

const decoder = new TextDecoder();

function utf8(hex: readonly string[]): string {
  return decoder.decode(Uint8Array.from(hex, (pair) => Number.parseInt(pair, 16)));
}
