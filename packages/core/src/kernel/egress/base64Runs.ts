import { fromBase64 } from './base64.ts';

/** What may be base64 in a text, and how it may read. */
export interface Base64Run {
  readonly start: number;
  readonly end: number;
  /** One reading for each place at which the encoded may begin: words and paths run into it. */
  readings(): Generator<string>;
}

const runs = /[A-Za-z0-9+/_-]{8,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}/g;
const decoder = new TextDecoder();

/** Runs of base64 or base64url, broken into lines or not. */
export function base64Runs(text: string): Base64Run[] {
  return [...text.matchAll(runs)].map((hit) => ({
    start: hit.index,
    end: hit.index + hit[0].length,
    *readings() {
      const letters = hit[0].replaceAll(/[\r\n=]/g, '');
      for (let from = 0; from < 4; from += 1) {
        const left = letters.length - from;
        const whole = left % 4 === 1 ? letters.slice(from, -1) : letters.slice(from);
        yield decoder.decode(fromBase64(whole));
      }
    },
  }));
}
