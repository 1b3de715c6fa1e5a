import sharp, { type Sharp } from 'sharp';
import { box, longs, shorts, text } from './boxesMade.ts';
import { profileMade } from './profileMade.ts';

export type Format = 'jpeg' | 'png' | 'webp' | 'gif';

const WIDTH = 64;
const HEIGHT = 48;
/** A pattern that no codec makes flat. */
const PIXELS = Buffer.from(
  Array.from({ length: WIDTH * HEIGHT * 4 }, (_, n) => (n % 4 === 3 ? 200 : (n * 7 + (n >> 8)) % 256)),
);

export function plainPicture(): Sharp {
  return sharp(PIXELS, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
}

/** A picture with words in EXIF, XMP and, where the format has such, a place and an orientation. */
export function picture(format: Format, words: string, options: object = {}, orientation = 6): Promise<Buffer> {
  return plainPicture()
    .withExif({
      IFD0: { Copyright: words, Artist: words },
      IFD2: { UserComment: words },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 2/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 28/1' },
    })
    .withMetadata({ orientation })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>${words}</rdf></x:xmpmeta>`)
    .toFormat(format, options)
    .toBuffer();
}

/** A segment of a JPEG. */
export function segment(marker: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(0xff, marker), shorts(body.length + 2), body]);
}

/** A chunk of a PNG; nothing here looks at checksums. */
export function chunk(type: string, body: Uint8Array): Buffer {
  return Buffer.concat([longs(body.length), text(type), body, longs(0)]);
}

/** A chunk of a WebP. */
export function riffChunk(type: string, body: Uint8Array): Buffer {
  const swapped = box(type, body, Buffer.alloc(body.length % 2));
  swapped.write(type, 0, 'latin1');
  swapped.writeUInt32LE(body.length, 4);
  return swapped;
}

/** A block of a GIF: an extension with its data in blocks of 255 bytes. */
export function extension(label: number, ...data: readonly Uint8Array[]): Buffer {
  const blocks = data.flatMap((each) =>
    Array.from({ length: Math.ceil(each.length / 255) }, (_, n) => each.subarray(n * 255, n * 255 + 255)),
  );
  return Buffer.concat([
    Buffer.of(0x21, label),
    ...blocks.flatMap((each) => [Buffer.of(each.length), each]),
    Buffer.of(0),
  ]);
}

/** What can be planted into each format, between its parts. */
export const PLANTS: Record<Format, readonly ((words: Buffer) => Buffer)[]> = {
  jpeg: [
    ...Array.from({ length: 16 }, (_, n) => (words: Buffer) => segment(0xe0 + n, words)),
    (words) => segment(0xfe, words),
    (words) => segment(0xe0, text('JFIF\0'), Buffer.of(1, 2, 0, 0, 1, 0, 1, 1, 1), words),
    (words) => segment(0xe0, text('JFXX\0'), Buffer.of(0x10), words),
    (words) => segment(0xe1, text('Exif\0\0'), words),
    (words) => segment(0xe1, text('http://ns.adobe.com/xap/1.0/\0'), words),
    (words) => segment(0xe1, text('http://ns.adobe.com/xmp/extension/\0'), words),
    (words) => segment(0xe2, text('MPF\0'), words),
    (words) => segment(0xe2, text('ICC_PROFILE\0'), Buffer.of(1, 1), profileMade(words.toString('latin1'))),
    (words) => segment(0xe2, text('ICC_PROFILE\0'), Buffer.of(1, 2), words),
    (words) => segment(0xed, text('Photoshop 3.0\0'), text('8BIM'), shorts(0x0404, 0), longs(words.length), words),
    (words) => segment(0xee, text('Adobe'), shorts(100, 0, 0), Buffer.of(1), words),
    (words) => Buffer.concat([segment(0xfe), words]),
  ],
  png: [
    (words) => chunk('tEXt', Buffer.concat([text('Author\0'), words])),
    (words) => chunk('zTXt', Buffer.concat([text('Author\0\0'), words])),
    (words) => chunk('iTXt', Buffer.concat([text('XML:com.adobe.xmp\0\0\0\0\0'), words])),
    (words) => chunk('eXIf', words),
    (words) => chunk('tIME', words),
    (words) => chunk('sPLT', words),
    (words) => chunk('gAMA', words),
    (words) => chunk('tRNS', words),
    (words) => chunk('fdAT', words),
    (words) => chunk('prVt', words),
    (words) => chunk('iCCP', Buffer.concat([words, Buffer.of(0, 0), words])),
  ],
  webp: [
    (words) => riffChunk('EXIF', words),
    (words) => riffChunk('XMP ', words),
    (words) => riffChunk('ICCP', words),
    (words) => riffChunk('abcd', words),
    (words) => riffChunk('ANIM', words),
  ],
  gif: [
    (words) => extension(0xfe, words),
    (words) => extension(0xff, text('XMP DataXMP'), words),
    (words) => extension(0xff, text('NETSCAPE2.0'), Buffer.of(1, 0, 0), words),
    (words) => extension(0x01, Buffer.alloc(12), words),
  ],
};

/** Where in a file a part may be put: behind each whole part. */
export function seams(format: Format, bytes: Buffer): number[] {
  const found: number[] = [];
  if (format === 'jpeg') {
    let at = 2;
    while (bytes[at + 1] !== 0xda) {
      found.push(at);
      at += 2 + bytes.readUInt16BE(at + 2);
    }
    return [...found, at, bytes.length - 2];
  }
  if (format === 'png') for (let at = 33; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) found.push(at);
  if (format === 'webp') {
    for (let at = 12; at < bytes.length; at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) % 2)) {
      if (at > 12) found.push(at);
    }
    found.push(bytes.length);
  }
  if (format === 'gif') found.push(13 + 3 * 2 ** ((bytes.readUInt8(10) & 7) + 1), bytes.length - 1);
  return found;
}

/** The file with something put in, and its length written anew where it stands at the beginning. */
export function planted(format: Format, bytes: Buffer, at: number, part: Buffer): Buffer {
  const whole = Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  if (format === 'webp') whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
