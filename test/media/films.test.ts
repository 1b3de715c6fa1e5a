import { describe, expect, test } from '@jest/globals';
import { stripMedia } from '../../packages/core/src/adapters/media/stripMedia.ts';
import { box, longs, text } from './boxesMade.ts';
import { type FilmPlan, filmMade } from './filmMade.ts';
import { packetsOf, writtenFilm } from './filmWritten.ts';
import { samplesOf } from './samplesOf.ts';

const ANNA = 'Anna, 51.5007 N 0.1246 W';
const LAYOUTS: Record<string, FilmPlan> = {
  'index first': {},
  'index last': { index: 'last' },
  'index last, QuickTime': { index: 'last', brand: 'qt  ' },
  'long offsets and a long length': { longOffsets: true, largeData: true },
  'in fragments': { fragments: true },
};
const told = (bytes: Uint8Array, words = ANNA.slice(0, 4)): boolean => Buffer.from(bytes).includes(words, 0, 'latin1');

describe.each(Object.entries(LAYOUTS))('a film, %s', (_, plan) => {
  const film = filmMade({ ...plan, planted: ANNA, beside: { handler: 'meta', format: 'gpmd' } });
  const clean = stripMedia(film.bytes);

  test('no word is left of what was planted in boxes, behind tables, in names, between samples and behind the end', () => {
    expect(told(film.bytes)).toBe(true);
    expect([told(clean.bytes), told(clean.bytes, 'anna')]).toEqual([false, false]);
    expect(clean.removed).toEqual(
      expect.arrayContaining(
        ['GPS', 'ICC', 'XMP', 'name', 'padding', 'path', 'private box', 'time', 'timed metadata'].concat([
          'unreferenced data',
          'user data',
          'metadata',
        ]),
      ),
    );
  });

  test('pictures and sound stay byte for byte', () => {
    const samples = samplesOf(clean.bytes);
    expect(samples.get(1)).toEqual(film.picture);
    expect(samples.get(2)).toEqual(film.sound);
  });

  test('the samples of the track that told places are zeros', () => {
    expect(samplesOf(clean.bytes).has(3)).toBe(false);
    for (const sample of film.beside) expect(told(clean.bytes, sample.toString('latin1'))).toBe(false);
  });

  test('times of making and changing are gone', () => {
    expect(told(clean.bytes, longs(0xe1234567).toString('latin1'))).toBe(false);
  });

  test('what is clean stays as it is', () => {
    expect(stripMedia(clean.bytes)).toEqual({ ...clean, removed: [] });
  });
});

describe('tracks beside picture and sound', () => {
  test.each([
    ['meta', 'mebx'],
    ['camm', 'camm'],
    ['text', 'text'],
    ['sbtl', 'tx3g'],
    ['tmcd', 'tmcd'],
  ])('%s in %s goes with its samples: drones write places into subtitles', (handler, format) => {
    const film = filmMade({ beside: { handler, format } });
    const clean = stripMedia(film.bytes);
    expect([...samplesOf(clean.bytes).keys()]).toEqual([1, 2]);
    for (const sample of film.beside) expect(Buffer.from(clean.bytes).includes(sample)).toBe(false);
  });
});

describe('films as a muxer writes them', () => {
  test.each(['mp4, index last', 'mp4, index first', 'mp4, in fragments', 'mov'] as const)('%s', async (layout) => {
    const written = await writtenFilm(layout);
    const clean = stripMedia(written);

    expect(clean.type).toBe(layout === 'mov' ? 'video/quicktime' : 'video/mp4');
    expect(clean.bytes).toHaveLength(written.length);
    const packets = await packetsOf(clean.bytes);
    expect(packets).toEqual(await packetsOf(written));
    expect(packets.map((track) => track.length)).toEqual([20, 20]);
    expect(clean.removed).toEqual(expect.arrayContaining(['name', 'time']));
  });

  test('a fragment loses its private boxes, and the samples of tracks that are not kept', async () => {
    const written = await writtenFilm('mp4, in fragments');
    const event = box('emsg', longs(0), text(ANNA));
    const clock = box('prft', longs(0), text(ANNA));
    const clean = stripMedia(Buffer.concat([written, event, clock]));
    expect(told(clean.bytes)).toBe(false);
    expect(await packetsOf(clean.bytes)).toEqual(await packetsOf(written));
  });
});

describe('films that cannot be judged are refused', () => {
  const refused = { code: 'MEDIA_REFUSED' };
  const changed = (...changes: readonly (readonly [string, string])[]): Buffer => {
    const film = filmMade().bytes.toString('latin1');
    return Buffer.from(
      changes.reduce((all, [from, to]) => all.replaceAll(from, to), film),
      'latin1',
    );
  };

  test.each(['encv', 'jpeg', 'dvc ', 'what'])('coded as %s', (format) => {
    expect(() => stripMedia(changed(['avc1', format]))).toThrow(expect.objectContaining(refused));
  });

  test('with neither picture nor sound', () => {
    expect(() => stripMedia(changed(['vide', 'meta'], ['soun', 'text']))).toThrow(expect.objectContaining(refused));
  });

  test('with media outside of its file', () => {
    const bytes = filmMade().bytes;
    bytes.writeUInt32BE(0, bytes.indexOf('alis') + 4);
    expect(() => stripMedia(bytes)).toThrow(expect.objectContaining(refused));
  });

  test.each(['heic', 'avif', 'mif1', 'crx '])('pictures in boxes: %s', (brand) => {
    expect(() => stripMedia(box('ftyp', text(brand), longs(0), text(brand)))).toThrow(expect.objectContaining(refused));
  });
});
