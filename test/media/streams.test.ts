import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from '@jest/globals';
import {
  type MediaSource,
  mediaStripper,
  movieIndexOf,
  type StripperOptions,
  stripMedia,
} from '../../packages/core/src/index.ts';
import { box, longs, text } from './boxesMade.ts';
import { type FilmPlan, filmMade } from './filmMade.ts';
import { chunk, picture, segment } from './picturesMade.ts';

const ANNA = 'Anna, 51.5007 N 0.1246 W';
const BESIDE = { handler: 'meta', format: 'gpmd' };
const MB = 1024 * 1024;

function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, n) =>
    bytes.subarray(n * length, (n + 1) * length),
  );
}

/** What has flowed through, and by how much the output was behind the input at most. */
async function flowed(
  parts: Iterable<Uint8Array>,
  type?: string,
  options?: StripperOptions,
): Promise<{ bytes: number; behind: number; out: Buffer; removed: readonly string[] }> {
  const stripper = mediaStripper(type, options);
  const kept: Uint8Array[] = [];
  let into = 0;
  let bytes = 0;
  let behind = 0;
  const counted = function* (): Generator<Uint8Array> {
    for (const part of parts) {
      into += part.length;
      yield part;
    }
  };
  await pipeline(Readable.from(counted(), { highWaterMark: 1 }), stripper, async (source) => {
    for await (const part of source) {
      bytes += part.length;
      behind = Math.max(behind, into - bytes);
      if (bytes < MB) kept.push(part);
    }
  });
  return { bytes, behind, out: Buffer.concat(kept), removed: stripper.removed };
}

function stored(bytes: Uint8Array): MediaSource {
  return { size: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) };
}

describe('what flows through a stream', () => {
  test.each(['jpeg', 'png', 'webp', 'gif'] as const)('a %s is what it is in memory', async (format) => {
    const bytes = await picture(format, ANNA);
    const whole = stripMedia(bytes);
    const { out, removed } = await flowed(pieces(bytes, 100), whole.type);
    expect([out.equals(whole.bytes), removed]).toEqual([true, whole.removed]);
  });

  test.each<[string, FilmPlan]>([
    ['index first', {}],
    ['index last', { index: 'last' }],
    ['in fragments', { fragments: true }],
  ])('a film, %s, is what it is in memory', async (_, plan) => {
    const film = filmMade({ ...plan, planted: ANNA, beside: BESIDE }).bytes;
    const { out, removed } = await flowed(pieces(film, 61));
    expect([out.equals(stripMedia(film).bytes), removed]).toEqual([true, stripMedia(film).removed]);
  });

  test('bytes through web streams, too', async () => {
    const bytes = await picture('jpeg', ANNA);
    const clean = Readable.from([bytes]).pipe(mediaStripper());
    const out = await new Response(Readable.toWeb(clean) as ReadableStream).bytes();
    expect(Buffer.from(out).equals(stripMedia(bytes).bytes)).toBe(true);
  });

  test('a file that is not of the type stated is refused', async () => {
    const bytes = await picture('jpeg', ANNA);
    await expect(flowed([bytes], 'image/png')).rejects.toMatchObject({ code: 'MEDIA_REFUSED' });
    await expect(flowed([bytes], 'application/pdf')).rejects.toMatchObject({ code: 'MEDIA_REFUSED' });
  });

  test('nothing is no file', async () => {
    await expect(flowed([])).rejects.toMatchObject({ code: 'MEDIA_REFUSED' });
  });
});

describe('what is held while it flows', () => {
  const data = Buffer.alloc(MB, 7);
  const repeated = function* (head: Uint8Array, times: number, end: Uint8Array): Generator<Uint8Array> {
    yield head;
    for (let n = 0; n < times; n += 1) yield data;
    yield end;
  };

  test('of a JPEG, a PNG and data that nobody refers to, no more than the pieces that come', async () => {
    const frame = segment(0xc2, Buffer.of(8, 0, 8, 0, 8, 1, 1, 0x11, 0));
    const begin = segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0));
    const jpeg = repeated(Buffer.concat([Buffer.of(0xff, 0xd8), frame, begin]), 500, Buffer.of(0xff, 0xd9));
    const { bytes, behind } = await flowed(jpeg);
    expect([bytes > 500 * MB, behind < 4 * MB]).toEqual([true, true]);

    const head = Buffer.concat([
      text('\x89PNG\r\n\x1a\n'),
      chunk('IHDR', Buffer.alloc(13)),
      longs(500 * MB),
      text('IDAT'),
    ]);
    const png = await flowed(repeated(head, 500, Buffer.concat([longs(0), chunk('IEND', Buffer.alloc(0))])));
    expect([png.bytes > 500 * MB, png.behind < 4 * MB]).toEqual([true, true]);
  });

  test('of a film of 10 GB whose index comes first, no more than the index and the pieces that come', async () => {
    const film = filmMade({ planted: ANNA }).bytes;
    const space = 10 * 1024 * MB;
    const large = Buffer.concat([
      longs(1),
      text('mdat'),
      longs(Math.floor((space + 16) / 2 ** 32), (space + 16) % 2 ** 32),
    ]);
    const parts = repeated(
      Buffer.concat([film.subarray(0, film.lastIndexOf('udta') - 4), large]),
      10 * 1024,
      Buffer.alloc(0),
    );
    const { bytes, behind, removed } = await flowed(parts);
    expect([bytes > space, behind < 4 * MB]).toEqual([true, true]);
    expect(removed).toContain('unreferenced data');
  });

  test('of a film whose index comes last all of it, and none goes out where that is too much', async () => {
    const film = filmMade({ index: 'last', planted: ANNA, beside: BESIDE }).bytes;
    const stripper = mediaStripper('video/mp4', { holdAtMost: 1000 });
    const given: Uint8Array[] = [];
    stripper.on('data', (part) => given.push(part));
    await expect(pipeline(Readable.from(pieces(film, 100)), stripper)).rejects.toMatchObject({
      code: 'MEDIA_TOO_LARGE_INVALID',
    });
    const before = Buffer.concat(given);
    expect([before.includes('mdat'), before.includes('Anna')]).toEqual([false, false]);
  });

  test('of such a film nothing, where its index was read ahead', async () => {
    const film = filmMade({ index: 'last', beside: BESIDE }).bytes;
    const limits = { holdAtMost: film.length - film.indexOf('moov') + 4 };
    await expect(flowed(pieces(film, 100), undefined, limits)).rejects.toMatchObject({
      code: 'MEDIA_TOO_LARGE_INVALID',
    });
    const ahead = await movieIndexOf(stored(film), limits);
    const { out } = await flowed(pieces(film, 100), undefined, { ...limits, ahead });
    expect(out.equals(stripMedia(film).bytes)).toBe(true);
  });

  test('an index that is not the one of the film does not let it pass', async () => {
    const film = filmMade({ index: 'last', beside: BESIDE }).bytes;
    const other = filmMade({ index: 'last', beside: BESIDE, planted: ANNA }).bytes;
    const ahead = await movieIndexOf(stored(other));
    await expect(flowed([film], undefined, { ahead })).rejects.toMatchObject({ code: 'MEDIA_INVALID' });

    // One that takes the places for sound.
    const generous = Buffer.from(film.toString('latin1').replaceAll('meta', 'soun'), 'latin1');
    const more = await movieIndexOf(stored(generous));
    await expect(flowed([film], undefined, { ahead: more })).rejects.toMatchObject({ code: 'MEDIA_INVALID' });
  });

  test('pictures and broken files have no index to read ahead', async () => {
    expect(await movieIndexOf(stored(await picture('jpeg', ANNA)))).toBeUndefined();
    expect(await movieIndexOf(stored(box('ftyp', text('isom'))))).toBeUndefined();
    expect(await movieIndexOf(stored(new Uint8Array(0)))).toBeUndefined();
    const film = filmMade().bytes;
    await expect(movieIndexOf(stored(film.subarray(0, 400)))).rejects.toMatchObject({ code: 'MEDIA_INVALID' });
    await expect(movieIndexOf(stored(film), { holdAtMost: 10 })).rejects.toMatchObject({
      code: 'MEDIA_TOO_LARGE_INVALID',
    });
  });
});
