import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { mediaStripper, mediaTypeOf, stripMedia } from '../../packages/core/src/index.ts';
import { ape, form, frame, id3, id3v1, plainMp3, samples, wave, waveChunk } from './soundsMade.ts';

const ANNA = 'Anna, 51.5007 N 0.1246 W';

const told: readonly (readonly [string, Buffer, Buffer, readonly string[]])[] = [
  ['ID3 before the sound', Buffer.concat([id3(ANNA), Buffer.alloc(40), plainMp3()]), plainMp3(), ['ID3']],
  [
    'tags before, between and behind it',
    Buffer.concat([id3(ANNA), ape(ANNA), plainMp3(), id3(ANNA), plainMp3(), ape(ANNA), id3v1(ANNA)]),
    Buffer.concat([plainMp3(), plainMp3()]),
    ['APE', 'ID3', 'data after the end'],
  ],
  [
    'lyrics, and a frame that was cut off',
    Buffer.concat([plainMp3(), Buffer.from(`LYRICSBEGIN${ANNA}`)]),
    plainMp3(),
    ['data after the end'],
  ],
  [
    'chunks of a WAV, and what stands behind it',
    Buffer.concat([
      wave(
        waveChunk('bext', Buffer.from(ANNA)),
        form,
        waveChunk('LIST', Buffer.from(`INFOIART${ANNA}`)),
        samples,
        waveChunk('id3 ', id3(ANNA)),
      ),
      Buffer.from(ANNA),
    ]),
    wave(
      waveChunk('JUNK', Buffer.alloc(ANNA.length)),
      form,
      waveChunk('JUNK', Buffer.alloc(ANNA.length + 8)),
      samples,
      waveChunk('JUNK', Buffer.alloc(id3(ANNA).length)),
    ),
    ['ID3', 'INFO', 'data after the end', 'private chunk'],
  ],
];

describe.each(told)('%s', (_what, bytes, clean, removed) => {
  test('goes, and the sound stays byte for byte', () => {
    const out = stripMedia(bytes);
    expect(Buffer.compare(out.bytes, clean)).toBe(0);
    expect(out.removed).toEqual(removed);
    expect(out.type).toBe(mediaTypeOf(clean));
  });

  test('goes from a stream too, however it is cut', async () => {
    for (const length of [1, 7, 400]) {
      const parts = Array.from({ length: Math.ceil(bytes.length / length) }, (_, n) =>
        bytes.subarray(n * length, (n + 1) * length),
      );
      const out = await buffer(Readable.from(parts).pipe(mediaStripper(mediaTypeOf(bytes))));
      expect([length, Buffer.compare(out, clean)]).toEqual([length, 0]);
    }
  });

  test('is not there a second time', () => {
    expect(stripMedia(clean)).toMatchObject({ removed: [] });
    expect(Buffer.compare(stripMedia(clean).bytes, clean)).toBe(0);
  });
});

test('a frame at the end that was cut off is left out', () => {
  const out = stripMedia(Buffer.concat([plainMp3(), frame(7).subarray(0, 100)]));
  expect(Buffer.compare(out.bytes, plainMp3())).toBe(0);
});

describe('sound that cannot be judged', () => {
  const adpcm = waveChunk('fmt ', Buffer.from('020001000000000000000000000000000000', 'hex'));
  const noId3 = Buffer.concat([Buffer.from('ID3\x04\0\0'), Buffer.of(0xff, 0, 0, 0), plainMp3()]);
  test.each([
    ['words behind ID3', Buffer.from('ID3 a song'), 'MEDIA_INVALID'],
    ['a tag without a length', noId3, 'MEDIA_INVALID'],
    ['a tag longer than the file', id3(ANNA).subarray(0, 20), 'MEDIA_INVALID'],
    ['no whole frame', frame(1).subarray(0, 100), 'MEDIA_INVALID'],
    ['words between frames', Buffer.concat([plainMp3(), Buffer.from(ANNA), plainMp3()]), 'MEDIA_INVALID'],
    ['a WAV without samples', wave(form), 'MEDIA_INVALID'],
    ['samples without a form', wave(samples), 'MEDIA_INVALID'],
    ['a chunk longer than the file', wave(form, samples.subarray(0, 20)), 'MEDIA_INVALID'],
    ['a WAV cut off', wave(form, samples).subarray(0, 60), 'MEDIA_INVALID'],
    ['a compressed WAV', wave(adpcm, samples), 'MEDIA_REFUSED'],
    ['Ogg', Buffer.from('OggS a song of sixteen letters'), 'MEDIA_REFUSED'],
  ])('%s is not passed on', (_what, bytes, code) => {
    expect(() => stripMedia(bytes)).toThrow(expect.objectContaining({ code }));
  });
});
