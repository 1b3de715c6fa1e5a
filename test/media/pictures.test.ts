import { describe, expect, test } from '@jest/globals';
import exifr from 'exifr';
import fc from 'fast-check';
import sharp from 'sharp';
import { stripMedia } from '../../packages/core/src/adapters/media/stripMedia.ts';
import { longs, shorts, text } from './boxesMade.ts';
import {
  chunk,
  extension,
  type Format,
  PLANTS,
  picture,
  plainPicture,
  planted,
  seams,
  segment,
} from './picturesMade.ts';
import { profileMade } from './profileMade.ts';

const ANNA = 'Anna, 51.5007 N 0.1246 W';
const told = (bytes: Uint8Array, words = ANNA): boolean => Buffer.from(bytes).includes(words, 0, 'latin1');
const pixels = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes, { animated: true }).raw().toBuffer();

const KINDS: readonly (readonly [string, Format, object])[] = [
  ['a JPEG', 'jpeg', {}],
  ['a progressive JPEG of many scans', 'jpeg', { progressive: true, optimizeScans: true }],
  ['a PNG', 'png', {}],
  ['an interlaced PNG', 'png', { progressive: true }],
  ['a PNG with a palette', 'png', { palette: true }],
  ['a WebP with alpha', 'webp', {}],
  ['a lossless WebP', 'webp', { lossless: true }],
];

describe.each(KINDS)('%s', (_, format, options) => {
  test('EXIF, place and XMP are gone, as independent readers find; the pixels stay, and the way they are turned', async () => {
    const before = await picture(format, ANNA, options);
    const clean = stripMedia(before);

    expect(told(before)).toBe(true);
    expect(told(clean.bytes, 'Anna')).toBe(false);
    expect(clean).toMatchObject({ type: `image/${format}`, removed: expect.arrayContaining(['EXIF', 'GPS', 'XMP']) });
    const metadata = await sharp(clean.bytes).metadata();
    expect(metadata).toMatchObject({ orientation: 6 });
    expect([metadata.xmp, metadata.iptc, metadata.comments]).toEqual([undefined, undefined, undefined]);
    const exif = await sharp(clean.bytes)
      .metadata()
      .then((found) => found.exif as Buffer);
    expect(await exifr.parse(exif.subarray(exif.indexOf('MM')), { translateValues: false })).toEqual({
      Orientation: 6,
    });
    expect((await pixels(before)).equals(await pixels(clean.bytes))).toBe(true);
    expect(stripMedia(clean.bytes)).toEqual({ ...clean, removed: [] });
  });

  test('a picture that is not turned keeps no EXIF at all', async () => {
    const clean = stripMedia(await picture(format, ANNA, options, 1));
    expect((await sharp(clean.bytes).metadata()).exif).toBeUndefined();
  });

  test('one without anything comes out as it went in', async () => {
    const plain = await plainPicture().toFormat(format, options).toBuffer();
    expect(stripMedia(plain)).toEqual({ type: `image/${format}`, bytes: plain, removed: [] });
  });
});

describe.each(['jpeg', 'png', 'webp', 'gif'] as const)('whatever is planted into a %s', (format) => {
  test('goes, of any kind, at any place, and the pixels stay', async () => {
    const plain = await picture(format, 'nobody');
    const seen = await pixels(plain);
    const plants = PLANTS[format].map((make, kind) => ({ make, kind }));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...plants), async (place, { make }) => {
        const places = seams(format, plain);
        const bytes = planted(format, plain, places[place % places.length] as number, make(text(ANNA)));
        const clean = stripMedia(bytes);
        expect(told(clean.bytes)).toBe(false);
        expect(clean.removed).not.toEqual([]);
        expect(seen.equals(await pixels(clean.bytes))).toBe(true);
        expect(stripMedia(clean.bytes).removed).toEqual([]);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('goes behind the end', async () => {
    const plain = await plainPicture().toFormat(format).toBuffer();
    const clean = stripMedia(Buffer.concat([plain, text(ANNA)]));
    expect(clean).toMatchObject({ bytes: plain, removed: ['data after the end'] });
  });
});

describe('what a picture needs stays', () => {
  test('the colours of CMYK: the transform of Adobe and the profile', async () => {
    const before = await plainPicture().removeAlpha().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
    const clean = stripMedia(before);
    expect(clean.removed).toEqual(['ICC']);
    expect(await sharp(clean.bytes).metadata()).toMatchObject({ space: 'cmyk', hasProfile: true });
    expect(await sharp(clean.bytes).toColourspace('srgb').raw().toBuffer()).toEqual(
      await sharp(before).toColourspace('srgb').raw().toBuffer(),
    );
  });

  test.each(['jpeg', 'png', 'webp'] as const)('the profile of a %s, without its texts', async (format) => {
    const before = await plainPicture().withIccProfile('p3').toFormat(format).toBuffer();
    const clean = stripMedia(before);
    const profile = (await sharp(clean.bytes).metadata()).icc as Buffer;
    const found = await exifr.parse(
      await plainPicture()
        .jpeg()
        .toBuffer()
        .then((jpeg) => withProfile(jpeg, profile)),
      { icc: true },
    );
    expect(found).toMatchObject({
      ColorSpaceData: 'RGB',
      RedTRC: expect.anything(),
      RedMatrixColumn: expect.anything(),
    });
    expect(await sharp(clean.bytes).toColourspace('srgb').raw().toBuffer()).toEqual(
      await sharp(before).toColourspace('srgb').raw().toBuffer(),
    );
  });

  test('a description, a copyright, private tags and the device go out of a profile; the white point stays', async () => {
    const jpeg = withProfile(await plainPicture().jpeg().toBuffer(), profileMade(ANNA));
    const clean = Buffer.from(stripMedia(jpeg).bytes);
    expect([told(clean, 'Anna'), told(clean, 'ANNA')]).toEqual([false, false]);
    expect(told(clean, longs(0xf6d6, 0x10000, 0xd32d).toString('latin1'))).toBe(true);
  });

  test.each(['webp', 'gif'] as const)('the frames of an animated %s', async (format) => {
    const frame = await plainPicture().png().toBuffer();
    const frames = [frame, await sharp(frame).negate().png().toBuffer(), await sharp(frame).flip().png().toBuffer()];
    const before = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { loop: 7, delay: [100, 200, 300] })
      .toBuffer();
    const clean = stripMedia(before);
    expect(await sharp(clean.bytes, { animated: true }).metadata()).toMatchObject({
      pages: 3,
      loop: 7,
      delay: [100, 200, 300],
    });
    expect((await pixels(before)).equals(await pixels(clean.bytes))).toBe(true);
  });

  test('the frames of an animated PNG', async () => {
    const still = await plainPicture().png().toBuffer();
    const data = still.indexOf('IDAT') - 4;
    const length = still.readUInt32BE(data);
    const animated = Buffer.concat([
      still.subarray(0, data),
      chunk('acTL', longs(2, 0)),
      chunk('fcTL', Buffer.concat([longs(0, 64, 48, 0, 0), Buffer.alloc(6)])),
      still.subarray(data, data + 12 + length),
      chunk('fcTL', Buffer.concat([longs(1, 64, 48, 0, 0), Buffer.alloc(6)])),
      chunk('fdAT', Buffer.concat([longs(2), still.subarray(data + 8, data + 8 + length)])),
      still.subarray(data + 12 + length),
    ]);
    expect(stripMedia(animated)).toMatchObject({ bytes: animated, removed: [] });
  });

  test('the first way to turn it, where two are told', async () => {
    const once = stripMedia(await picture('jpeg', ANNA)).bytes;
    const exif = Buffer.from(once.subarray(once.indexOf(0xe1) - 1, once.indexOf(0xe1) + 35));
    exif[exif.lastIndexOf(6)] = 8;
    const twice = Buffer.concat([
      once.subarray(0, once.indexOf(0xe1) + 35),
      exif,
      once.subarray(once.indexOf(0xe1) + 35),
    ]);
    expect(stripMedia(twice)).toMatchObject({ bytes: once, removed: ['EXIF'] });
  });

  test('the timing of images in a GIF, and not that of a text', async () => {
    const gif = await plainPicture().gif().toBuffer();
    const at = gif.indexOf(Buffer.of(0x21, 0xf9));
    const control = Buffer.of(0x21, 0xf9, 4, 0, 99, 0, 0, 0);
    const bytes = Buffer.concat([
      gif.subarray(0, at),
      control,
      extension(1, Buffer.alloc(12), text(ANNA)),
      gif.subarray(at),
    ]);
    expect(stripMedia(bytes)).toMatchObject({ bytes: gif, removed: ['application data'] });
    const bare = Buffer.concat([
      gif.subarray(0, at),
      control,
      extension(1, Buffer.alloc(12), text(ANNA)),
      gif.subarray(at + 8),
    ]);
    expect(told(stripMedia(bare).bytes, control.toString('latin1'))).toBe(false);
  });

  test('what is known of IPTC is found before, and not after', async () => {
    const record = Buffer.concat([Buffer.of(0x1c, 2, 80), shorts(ANNA.length), text(ANNA)]);
    const block = [
      text('Photoshop 3.0\0'),
      text('8BIM'),
      shorts(0x0404, 0),
      longs(record.length),
      record,
      Buffer.alloc(record.length % 2),
    ];
    const plain = await plainPicture().jpeg().toBuffer();
    const jpeg = planted('jpeg', plain, 2, segment(0xed, ...block));
    expect(await exifr.parse(jpeg, { iptc: true })).toMatchObject({ Byline: ANNA });
    const clean = stripMedia(jpeg);
    expect(clean).toMatchObject({ bytes: plain, removed: ['IPTC'] });
  });

  test('restart markers, stuffed bytes and later scans of a JPEG', () => {
    const scan = Buffer.of(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd7, 0xff, 0, 5);
    const frame = segment(0xc2, Buffer.of(8, 0, 8, 0, 8, 1, 1, 0x11, 0));
    const begin = segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0));
    const jpeg = Buffer.concat([
      ...[
        Buffer.of(0xff, 0xd8),
        segment(0xdd, Buffer.of(0, 1)),
        frame,
        begin,
        scan,
        begin,
        scan,
        Buffer.of(0xff, 0xd9),
      ],
    ]);
    expect(stripMedia(jpeg)).toMatchObject({ bytes: jpeg, removed: [] });
    const between = Buffer.concat([
      jpeg.subarray(0, -2),
      segment(0xfe, text(ANNA)),
      begin,
      scan,
      Buffer.of(0xff, 0xd9),
    ]);
    expect(stripMedia(between).removed).toEqual(['comment']);
    expect(told(stripMedia(between).bytes)).toBe(false);
  });
});

function withProfile(jpeg: Buffer, profile: Buffer): Buffer {
  const half = profile.length >> 1;
  const parts = [profile.subarray(0, half), profile.subarray(half)];
  const segments = parts.map((part, n) => segment(0xe2, text('ICC_PROFILE\0'), Buffer.of(n + 1, 2), part));
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}
