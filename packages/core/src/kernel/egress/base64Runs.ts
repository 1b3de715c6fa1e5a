import { fromBase64 } from './base64.ts';

/** What may be base64 in a text. */
export interface Base64Run {
  readonly start: number;
  readonly end: number;
}

const SHORTEST = 8;
const decoder = new TextDecoder();

const isLetter = new Uint8Array(128);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  isLetter[letter.charCodeAt(0)] = 1;
}

/** Runs of base64 or base64url, broken into lines or not. Words are runs too: nothing but their reading tells. */
export function base64Runs(text: string): Base64Run[] {
  const runs: Base64Run[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    let letters = 0;
    for (;;) {
      for (; isLetterAt(text, at); at += 1) letters += 1;
      const next = text.startsWith('\r\n', at) ? at + 2 : text.startsWith('\n', at) ? at + 1 : at;
      // Lines are wrapped at length: short words below each other are no encoding.
      if (next === at || letters < SHORTEST || !isLetterAt(text, next)) break;
      at = next;
    }
    while (letters >= SHORTEST && text[at] === '=') at += 1;
    if (letters >= SHORTEST) runs.push({ start, end: at });
    // What follows the padding may begin the next run.
    if (letters < SHORTEST) at += 1;
  }
  return runs;
}

/**
 * How a run may read: once for each place at which the encoded may begin, since words and paths run into it; of letters
 * in two bytes the zeros are left out.
 */
export function readingsOf(run: string): string[] {
  const letters = run.replaceAll(/[\r\n=]/g, '');
  return [0, 1, 2, 3].map((from) => {
    const whole = (letters.length - from) % 4 === 1 ? letters.slice(from, -1) : letters.slice(from);
    return decoder.decode(fromBase64(whole)).replaceAll('\ufffd', ' ').replaceAll('\0', '');
  });
}

function isLetterAt(text: string, at: number): boolean {
  return isLetter[text.charCodeAt(at)] === 1;
}
