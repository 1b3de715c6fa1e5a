import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stripAny } from '../../packages/core/src/adapters/media/stripAny.ts';
import { type StrippedMedia, stripMedia } from '../../packages/core/src/adapters/media/stripMedia.ts';
import { walkMedia } from '../../packages/core/src/adapters/media/walkMedia.ts';
import { isKeptError } from '../../packages/core/src/kernel/keptError.ts';
import { box, longs, text } from './boxesMade.ts';
import { filmMade } from './filmMade.ts';
import { chunk, picture, plainPicture, riffChunk, segment } from './picturesMade.ts';
import { profileMade } from './profileMade.ts';

const ANNA = 'Anna, 51.5007 N 0.1246 W';
const BESIDE = { handler: 'meta', format: 'gpmd' };
const files = new Map<string, Buffer>();

beforeAll(async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) files.set(format, await picture(format, ANNA));
  files.set('progressive', await picture('jpeg', ANNA, { progressive: true }));
  files.set('film', filmMade({ planted: ANNA, beside: BESIDE }).bytes);
  files.set(
    'index last',
    filmMade({ planted: ANNA, beside: BESIDE, index: 'last', brand: 'qt  ', longOffsets: true }).bytes,
  );
  files.set('fragments', filmMade({ planted: ANNA, beside: BESIDE, fragments: true }).bytes);
});

/** Nothing behind their last data, so that whatever is missing is missed. */
const ended = new Map([
  ['film', filmMade().bytes],
  ['index last', filmMade({ index: 'last' }).bytes],
  ['fragments', filmMade({ fragments: true }).bytes],
]);

type Outcome = Pick<StrippedMedia, 'removed'> & { readonly bytes: Buffer };

/** What comes out, or the code of the refusal; anything else thrown is a fault. */
function outcome(strip: () => Outcome): Outcome | string {
  try {
    return strip();
  } catch (error) {
    if (isKeptError(error)) return error.code;
    throw error;
  }
}

const whole = (bytes: Uint8Array) => (): Outcome => {
  const { removed, bytes: out } = stripMedia(bytes);
  return { removed, bytes: Buffer.from(out) };
};

/** As a stream sees it: in pieces of any length. */
const inPieces = (bytes: Uint8Array, lengths: readonly number[]) => (): Outcome => {
  const removed = new Set<string>();
  const walk = walkMedia(stripAny({ removed, found: () => undefined }), removed, Number.POSITIVE_INFINITY);
  const out: Uint8Array[] = [];
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const length = lengths[n % lengths.length] as number;
    out.push(...walk.push(bytes.subarray(at, at + length)));
    at += length;
  }
  return { bytes: Buffer.concat([...out, ...walk.end()]), removed: [...removed].sort() };
};

/** One byte set, some left out, some doubled, or the end cut off. */
const damage = fc.oneof(
  fc.record({
    how: fc.constant('set' as const),
    at: fc.nat(),
    value: fc.constantFrom(0, 1, 2, 7, 8, 0x7f, 0x80, 0xda, 0xff),
  }),
  fc.record({ how: fc.constant('cut' as const), at: fc.nat(), value: fc.constant(0) }),
  fc.record({ how: fc.constant('drop' as const), at: fc.nat(), value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ how: fc.constant('double' as const), at: fc.nat(), value: fc.integer({ min: 1, max: 400 }) }),
);

function damaged(file: Buffer, damages: readonly { how: string; at: number; value: number }[]): Buffer {
  let bytes = Buffer.from(file);
  for (const { how, at: place, value } of damages) {
    const at = place % bytes.length;
    if (how === 'set') bytes[at] = value;
    else if (how === 'cut') bytes = bytes.subarray(0, at + 1);
    else {
      const from = how === 'drop' ? at + value : Math.max(0, at - value);
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(from)]);
    }
    if (bytes.length === 0) bytes = Buffer.of(0);
  }
  return bytes;
}

describe.each(['jpeg', 'progressive', 'png', 'webp', 'gif', 'film', 'index last', 'fragments'])(
  'a broken %s',
  (name) => {
    test('is cleaned or refused, the same in one piece and in many, and what comes out is clean', () => {
      fc.assert(
        fc.property(
          fc.array(damage, { minLength: 1, maxLength: 4 }),
          fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
          (damages, lengths) => {
            const bytes = damaged(files.get(name) as Buffer, damages);
            const before = Buffer.from(bytes);
            const result = outcome(whole(bytes));
            expect(bytes.equals(before)).toBe(true);
            expect(outcome(inPieces(bytes, lengths))).toEqual(result);
            if (typeof result === 'string') return;
            const again = whole(result.bytes)();
            expect([again.removed, again.bytes.equals(result.bytes)]).toEqual([[], true]);
          },
        ),
        { seed: 4, numRuns: 400 },
      );
    });

    test('is refused where its end is missing', () => {
      const clean = ended.get(name) ?? whole(files.get(name) as Buffer)().bytes;
      for (let length = 1; length < clean.length; length += 1 + (clean.length >> 8)) {
        const result = outcome(whole(clean.subarray(0, length)));
        if (typeof result === 'string') continue;
        // A film in fragments is a whole one behind each of them, and the beginning of a head is none yet.
        expect([name, length - result.bytes.length < 16]).toEqual(['fragments', true]);
      }
    });
  },
);

describe('lies are refused, at once and with little memory', () => {
  const refused = (...parts: readonly Uint8Array[]): void => {
    expect(() => stripMedia(Buffer.concat(parts))).toThrow(expect.objectContaining({ code: 'MEDIA_INVALID' }));
  };
  const film = (): Buffer => filmMade().bytes;
  const changed = (mark: string, offset: number, value: number): Buffer => {
    const bytes = film();
    bytes.writeUInt32BE(value, bytes.indexOf(mark) + offset);
    return bytes;
  };

  test('a table that says it has four thousand million entries', () => {
    for (const table of ['stts', 'stsc', 'stco', 'elst', 'stss']) refused(changed(table, 8, 0xffff_ffff));
    refused(changed('stsz', 12, 0xffff_ffff));
  });

  test('samples that lie outside of the data', () => {
    refused(changed('stco', 12, 0xffff_fff0));
    refused(changed('stco', 12, 0));
    refused(changed('stsz', 8, 0xffff_ffff));
  });

  test('boxes in boxes in boxes, and boxes without length', () => {
    let nest: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 5000; depth += 1) nest = box('moov', nest);
    expect(() => stripMedia(Buffer.concat([box('ftyp', text('isom'), longs(0)), nest]))).toThrow(
      expect.objectContaining({ code: 'MEDIA_REFUSED' }),
    );
    refused(box('ftyp', text('isom'), longs(0)), longs(2), text('mdat'));
    refused(box('ftyp', text('isom'), longs(0)), longs(0), text('mdat'), Buffer.alloc(100));
    refused(box('ftyp', text('isom'), longs(0)), longs(1), text('mdat'), longs(0xffff_ffff, 0xffff_ffff));
  });

  test('a file of nothing but the smallest parts leaves in few pieces, or is refused', () => {
    const film = filmMade().bytes;
    const many = Buffer.alloc(800_000, box('abcd'));
    const removed = new Set<string>();
    const walk = walkMedia(stripAny({ removed, found: () => undefined }), removed, Number.POSITIVE_INFINITY);
    const out = [...walk.push(Buffer.concat([film, many])), ...walk.end()];
    expect([Buffer.concat(out).length, out.length < 20]).toEqual([film.length + many.length, true]);

    refused(film.subarray(0, film.readUInt32BE(0)), box('moov', many));
    refused(text('RIFF'), Buffer.of(4, 0x35, 0x0c, 0), text('WEBP'), Buffer.alloc(800_000));
  });

  test('fragments whose data never come', () => {
    const fragments = filmMade({ fragments: true, beside: BESIDE }).bytes;
    const moof = fragments.subarray(fragments.indexOf('moof') - 4, fragments.indexOf('mdat') - 4);
    const film = [fragments.subarray(0, fragments.indexOf('moof') - 4), ...Array.from({ length: 5000 }, () => moof)];
    expect(() => stripMedia(Buffer.concat(film))).toThrow('long before their data');
  });

  test('words behind the tables of a JPEG', () => {
    const jpeg = files.get('jpeg') as Buffer;
    for (const marker of [0xdb, 0xc4, 0xc0, 0xda]) {
      const at = jpeg.indexOf(Buffer.of(0xff, marker));
      const end = at + 2 + jpeg.readUInt16BE(at + 2);
      const bytes = Buffer.concat([jpeg.subarray(0, end), text(ANNA), jpeg.subarray(end)]);
      bytes.writeUInt16BE(end - at - 2 + ANNA.length, at + 2);
      refused(bytes);
    }
  });

  test('two tracks of one number', () => {
    const bytes = filmMade({ beside: BESIDE }).bytes;
    bytes.writeUInt32BE(1, bytes.lastIndexOf('tkhd') + 16);
    refused(bytes);
  });

  test('a packed profile that would fill the memory is left out', async () => {
    const png = await plainPicture().png().toBuffer();
    const bomb = chunk(
      'iCCP',
      Buffer.concat([text('a\0\0'), deflateSync(Buffer.concat([profileMade(ANNA), Buffer.alloc(64 * 1024 * 1024)]))]),
    );
    const clean = stripMedia(Buffer.concat([png.subarray(0, 33), bomb, png.subarray(33)]));
    expect([clean.removed.includes('ICC'), clean.bytes]).toEqual([true, png]);
  });

  test('segments, chunks and pictures that are not there', () => {
    refused(Buffer.of(0xff, 0xd8, 0xff, 0xd9));
    refused(Buffer.of(0xff, 0xd8, 0xff, 0xe1, 0, 1));
    refused(Buffer.of(0xff, 0xd8), segment(0xdb, text(ANNA)), Buffer.of(0xff, 0xd9));
    refused(
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', Buffer.alloc(13)),
      chunk('IEND', Buffer.alloc(0)),
    );
    refused(text('RIFF'), Buffer.of(4, 0, 0, 0), text('WEBP'), riffChunk('abcd', text(ANNA)));
    refused(text('GIF89a'), Buffer.alloc(7), Buffer.of(0x3b));
  });

  test.each([
    ['nothing', ''],
    ['text', 'hello, this is Anna'],
    ['PDF', '%PDF-1.7 Anna is here'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['TIFF', 'II*\0\x08\0\0\0Anna is here'],
    ['Matroska', '\x1a\x45\xdf\xa3Anna is here, too'],
  ])('%s is no media that can be cleaned', (_, bytes) => {
    expect(() => stripMedia(text(bytes))).toThrow(expect.objectContaining({ code: 'MEDIA_REFUSED' }));
  });

  test.each([undefined, null, 'JPEG', 7, {}, [0xff, 0xd8, 0xff]])('%p is refused', (value) => {
    expect(() => stripMedia(value as unknown as Uint8Array)).toThrow(
      expect.objectContaining({ code: 'MEDIA_REFUSED' }),
    );
  });
});
