import { box, largeBox, longs, shorts, text } from './boxesMade.ts';
import { profileMade } from './profileMade.ts';

/** How a film is laid out, and what is planted at every place where somebody could. */
export interface FilmPlan {
  readonly index?: 'first' | 'last';
  readonly brand?: 'qt  ' | 'isom';
  readonly longOffsets?: boolean;
  readonly largeData?: boolean;
  /** In fragments of two samples a track; the index then comes first and holds none. */
  readonly fragments?: boolean;
  /** Written wherever a word can stand. */
  readonly planted?: string;
  /** A track beside picture and sound: its handler and the name of its format. */
  readonly beside?: { readonly handler: string; readonly format: string };
}

export interface MadeFilm {
  readonly bytes: Buffer;
  readonly picture: readonly Buffer[];
  readonly sound: readonly Buffer[];
  readonly beside: readonly Buffer[];
}

interface Track {
  readonly id: number;
  readonly handler: string;
  readonly entry: Buffer;
  readonly samples: readonly Buffer[];
}

const MATRIX = longs(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const TIME = 0xe1234567;

/** A film of six samples of picture and of sound, in turns, with what is planted between them and around them. */
export function filmMade(plan: FilmPlan = {}): MadeFilm {
  const { planted = '', index = 'first', brand = 'isom', longOffsets = false, largeData = false, beside } = plan;
  const mark = text(planted);
  const picture = samples(0x10, 40);
  const sound = samples(0x60, 12);
  const told = beside ? samples(0xa0, 20).map((each) => Buffer.concat([each, mark])) : [];
  const tracks: Track[] = [
    { id: 1, handler: 'vide', entry: pictureEntry(mark), samples: picture },
    { id: 2, handler: 'soun', entry: soundEntry(mark), samples: sound },
    ...(beside
      ? [{ id: 3, handler: beside.handler, entry: box(beside.format, Buffer.alloc(8), mark), samples: told }]
      : []),
  ];

  const start = Buffer.concat([
    box('ftyp', text(brand), longs(0x200), text(brand), text('mp42')),
    box('free', mark),
    box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), mark),
  ]);
  if (plan.fragments) {
    const empty = tracks.map((track) => ({ ...track, samples: [] }));
    const film = [
      start,
      moov(
        empty,
        tracks.map(() => []),
        false,
        mark,
        box('mvex', ...tracks.map(({ id }) => defaults(id, mark))),
      ),
    ];
    for (let chunk = 0; chunk < 3; chunk += 1) film.push(...fragment(tracks, chunk, mark));
    return { bytes: Buffer.concat(film), picture, sound, beside: told };
  }
  const dataHead = largeData ? 16 : 8;
  const length = moov(tracks, [], longOffsets, mark).length;
  const dataAt = start.length + (index === 'first' ? length : 0) + dataHead;
  const { data, offsets } = interleaved(tracks, dataAt, mark);
  const movie = moov(tracks, offsets, longOffsets, mark);
  const mdat = largeData ? largeBox('mdat', data) : box('mdat', data);
  const end = planted === '' ? [] : [box('udta', mark), box('free', mark), text(planted)];
  const middle = index === 'first' ? [movie, mdat] : [mdat, movie];
  return { bytes: Buffer.concat([start, ...middle, ...end]), picture, sound, beside: told };
}

function samples(seed: number, length: number): Buffer[] {
  return Array.from({ length: 6 }, (_, n) => Buffer.alloc(length + n, seed + n));
}

/** Two samples a chunk, chunks of all tracks in turns, and something planted before each of them. */
function interleaved(tracks: readonly Track[], at: number, mark: Buffer): { data: Buffer; offsets: number[][] } {
  const parts: Buffer[] = [];
  const offsets: number[][] = tracks.map(() => []);
  let next = at;
  const add = (part: Buffer): void => {
    parts.push(part);
    next += part.length;
  };
  for (let chunk = 0; chunk < 3; chunk += 1) {
    for (const [index, track] of tracks.entries()) {
      add(mark);
      offsets[index]?.push(next);
      for (const sample of track.samples.slice(chunk * 2, chunk * 2 + 2)) add(sample);
    }
  }
  add(mark);
  return { data: Buffer.concat(parts), offsets };
}

function defaults(id: number, mark: Buffer): Buffer {
  return box('trex', longs(0, id, 1, 100, 0, 0), mark);
}

/** A fragment of two samples a track, each run where its data offset says, with something planted before each of them. */
function fragment(tracks: readonly Track[], chunk: number, mark: Buffer): Buffer[] {
  const runs = tracks.map(({ samples: all }) => all.slice(chunk * 2, chunk * 2 + 2));
  const trafs = (offsets: readonly number[]): Buffer =>
    box(
      'moof',
      box('mfhd', longs(0, chunk + 1), mark),
      ...tracks.map(({ id }, n) =>
        box(
          'traf',
          box('tfhd', longs(0x020000, id), mark),
          box('tfdt', longs(0, chunk * 200), mark),
          box('trun', longs(0x201, 2, offsets[n] ?? 0, ...(runs[n] ?? []).map(({ length }) => length)), mark),
          ...besides(mark),
        ),
      ),
      ...besides(mark),
    );
  const offsets: number[] = [];
  const parts: Buffer[] = [];
  let next = trafs([]).length + 8;
  for (const run of runs) {
    parts.push(mark, ...run);
    offsets.push(next + mark.length);
    next += mark.length + run.reduce((sum, { length }) => sum + length, 0);
  }
  return [trafs(offsets), box('mdat', ...parts, mark)];
}

function moov(
  tracks: readonly Track[],
  offsets: readonly number[][],
  longOffsets: boolean,
  mark: Buffer,
  ...more: readonly Buffer[]
): Buffer {
  return box(
    'moov',
    box(
      'mvhd',
      longs(0, TIME, TIME, 600, 600, 0x10000),
      shorts(0x100, 0),
      longs(0, 0),
      MATRIX,
      longs(0, 0, 0, 0, 0, 0, 4),
      mark,
    ),
    ...tracks.map((track, n) => trak(track, offsets[n] ?? [0, 0, 0], longOffsets, mark)),
    ...more,
    ...besides(mark),
  );
}

/** Boxes that tell things, and one that nobody knows, as they can stand in any list of boxes. */
function besides(mark: Buffer): Buffer[] {
  if (mark.length === 0) return [];
  return [
    box('udta', box('\xa9xyz', shorts(mark.length, 0), mark), box('loci', longs(0), mark)),
    box('meta', longs(0), box('keys', mark), box('ilst', mark)),
    box('abcd', mark),
    box('XMP_', mark),
  ];
}

function trak(
  { id, handler, entry, samples: all }: Track,
  offsets: readonly number[],
  longOffsets: boolean,
  mark: Buffer,
): Buffer {
  const extra = besides(mark);
  const chunks = longOffsets ? offsets.flatMap((at) => [0, at]) : offsets;
  return box(
    'trak',
    box('tkhd', longs(7, TIME, TIME, id, 0, 600, 0, 0), shorts(0, 0, 0, 0), MATRIX, longs(64 << 16, 48 << 16), mark),
    box('edts', box('elst', longs(0, 1, 600, 0, 0x10000), mark), ...extra),
    box('tref', box('cdsc', longs(1), mark)),
    box(
      'mdia',
      box('mdhd', longs(0, TIME, TIME, 600, 600), shorts(0x55c4, 0), mark),
      box('hdlr', longs(0, 0), text(handler), longs(0, 0, 0), mark, Buffer.alloc(1)),
      box(
        'minf',
        handler === 'soun' ? box('smhd', longs(0, 0), mark) : box('vmhd', longs(1, 0, 0), mark),
        box('dinf', box('dref', longs(0, 1), box('alis', longs(1), mark)), ...extra),
        box(
          'stbl',
          box('stsd', longs(0, 1), entry),
          box('stts', longs(0, 1, 6, 100), mark),
          box('stsc', longs(0, 1, 1, 2, 1), mark),
          box('stsz', longs(0, 0, all.length, ...all.map(({ length }) => length)), mark),
          box(longOffsets ? 'co64' : 'stco', longs(0, offsets.length, ...chunks), mark),
          box('stss', longs(0, 1, 1), mark),
          ...(mark.length > 0 ? [box('sgpd', longs(0), text('abcd'), mark)] : []),
          ...extra,
        ),
        ...extra,
      ),
      ...extra,
    ),
    ...extra,
  );
}

function pictureEntry(mark: Buffer): Buffer {
  const name = Buffer.alloc(32);
  if (mark.length > 0) name.set([mark.length, ...mark.subarray(0, 31)]);
  return box(
    'avc1',
    ...[longs(0), shorts(0, 1, 0, 0), text(mark.length > 0 ? 'anna' : '\0\0\0\0'), longs(0, 0), shorts(64, 48)],
    ...[longs(0x480000, 0x480000, 0), shorts(1), name, shorts(24, 0xffff)],
    box('avcC', Buffer.from('0142c00bffe100046742c00b01000468ce3c80', 'hex')),
    box('colr', text('nclx'), shorts(1, 1, 1), Buffer.of(0x80)),
    ...(mark.length > 0 ? [box('colr', text('prof'), profileMade(mark.toString('latin1'))), box('abcd', mark)] : []),
  );
}

function soundEntry(mark: Buffer): Buffer {
  const decoder = Buffer.from('03190001000411401500000000000000000000000005021190060102', 'hex');
  return box(
    'mp4a',
    ...[longs(0), shorts(0, 1, 0, 0), longs(0), shorts(2, 16, 0, 0), longs(48_000 << 16)],
    box('esds', longs(0), decoder),
    ...(mark.length > 0 ? [box('wave', box('frma', text('mp4a')), box('abcd', mark), longs(0))] : []),
  );
}
