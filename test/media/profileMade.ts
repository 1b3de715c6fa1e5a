import { longs, text } from './boxesMade.ts';

/** A small colour profile (ICC) with a description, a copyright, a private tag and a white point. */
export function profileMade(words: string): Buffer {
  const description = Buffer.concat([text('desc'), longs(0, words.length + 1), text(`${words}\0`), Buffer.alloc(78)]);
  const copyright = Buffer.concat([text('text'), longs(0), text(`${words}\0`)]);
  const own = Buffer.concat([text('abcd'), longs(0), text(words)]);
  const white = Buffer.concat([text('XYZ '), longs(0, 0xf6d6, 0x10000, 0xd32d)]);
  const tags = Object.entries({ desc: description, cprt: copyright, priv: own, wtpt: white });
  const head = Buffer.alloc(128);
  head.write('lcms', 4);
  head.writeUInt32BE(0x02400000, 8);
  head.write('mntrRGB XYZ ', 12);
  head.writeUInt16BE(2024, 24);
  head.write('acspAPPL', 36);
  head.write('ANNAANNA', 48);
  longs(0xf6d6, 0x10000, 0xd32d).copy(head, 68);

  let at = 128 + 4 + tags.length * 12;
  const table: Buffer[] = [longs(tags.length)];
  const data: Buffer[] = [];
  for (const [name, body] of tags) {
    table.push(text(name), longs(at, body.length));
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    data.push(padded);
    at += padded.length;
  }
  head.writeUInt32BE(at, 0);
  return Buffer.concat([head, ...table, ...data]);
}
