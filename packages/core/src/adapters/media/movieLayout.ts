import { type Box, boxesIn } from './boxes.ts';
import { asItIs, blankOut, boxOf, type Cleaner, freeBox, upTo } from './cleanBox.ts';
import { flagsOf, fragmentTrack, runLengths } from './fragmentData.ts';
import { mediaRefused } from './mediaFault.ts';
import { code, u8, u16, u32 } from './numbersIn.ts';
import { cleanSampleEntries } from './sampleEntries.ts';
import { isStream } from './trackData.ts';

/**
 * All boxes that a film is played by (ISO/IEC 14496-12; QuickTime File Format), and how long each is by what it says itself.
 * What is not named here, becomes free space.
 */
const long = (body: Uint8Array): boolean => u8(body, 0) === 1;
const table = (entry: number): Cleaner => upTo((body) => 8 + u32(body, 4) * entry);
const fixed = (length: number, lengthWhenLong = length): Cleaner =>
  upTo((body) => (long(body) ? lengthWhenLong : length));

/** A head with times of making and changing, in the places that both versions of it share, and with unused fields. */
function headWithTimes(length: number, unused: readonly (readonly [number, number])[], longerFrom: number): Cleaner {
  return (body, removed) => {
    const more = long(body) ? longerFrom : 0;
    upTo(() => length + more)(body, removed);
    blankOut(body.subarray(4, long(body) ? 20 : 12), 'time', removed);
    for (const [from, to] of unused) blankOut(body.subarray(from + more, to + more), 'padding', removed);
  };
}

/** Who wrote the file calls itself here, and tracks have names. */
const handler: Cleaner = (body, removed) => blankOut(body.subarray(12), 'name', removed);

/** How samples group; of the groups only those that a player seeks by. */
const GROUPS = new Set(['roll', 'prol', 'rap ', 'sync']);
const groups: Cleaner = (body, removed) => {
  if (!GROUPS.has(code(body, 4))) blankOut(body, 'private box', removed);
};

/** Where the samples lie: within this very file, or we do not see what is played. Old files name their author's disk here. */
const dataReferences: Cleaner = (body, removed) => {
  const { boxes, rest } = boxesIn(body.subarray(8));
  for (const { body: reference } of boxes) {
    if (!(flagsOf(reference) & 1))
      throw mediaRefused('The film refers to data outside of its file.', 'Export it with all its media inside.');
    blankOut(reference.subarray(4), 'path', removed);
  }
  blankOut(rest, 'padding', removed);
};

const sampleTable = boxOf(
  {
    stsd: cleanSampleEntries,
    stts: table(8),
    ctts: table(8),
    stss: table(4),
    stps: table(4),
    stsc: table(12),
    stco: table(4),
    co64: table(8),
    cslg: fixed(24, 44),
    stsz: upTo((body) => 12 + (u32(body, 4) === 0 ? u32(body, 8) * 4 : 0)),
    stz2: upTo((body) => 12 + Math.ceil((u32(body, 8) * u8(body, 7)) / 8)),
    sdtp: asItIs,
    sbgp: groups,
    sgpd: groups,
  },
  { several: ['sbgp', 'sgpd'] },
);

const track = boxOf({
  tkhd: headWithTimes(84, [[16, 20]], 12),
  edts: boxOf({ elst: upTo((body) => 8 + u32(body, 4) * (long(body) ? 20 : 12)) }),
  tapt: boxOf({ clef: fixed(12), prof: fixed(12), enof: fixed(12) }),
  mdia: boxOf({
    mdhd: headWithTimes(24, [], 12),
    hdlr: handler,
    minf: boxOf({
      vmhd: fixed(12),
      smhd: fixed(8),
      hdlr: handler,
      dinf: boxOf({ dref: dataReferences }),
      stbl: sampleTable,
    }),
  }),
});

const movie = boxOf(
  {
    mvhd: headWithTimes(
      100,
      [
        [26, 36],
        [72, 96],
      ],
      12,
    ),
    trak: track,
    mvex: boxOf({ mehd: fixed(8, 12), trex: fixed(24) }, { several: ['trex'] }),
  },
  { several: ['trak'] },
);

const HEAD_FIELDS = [
  [0x01, 8],
  [0x02, 4],
  [0x08, 4],
  [0x10, 4],
  [0x20, 4],
] as const;
const fragment = boxOf(
  {
    mfhd: fixed(8),
    traf: boxOf(
      {
        tfhd: upTo((body) => HEAD_FIELDS.reduce((sum, [flag, length]) => sum + (flagsOf(body) & flag ? length : 0), 8)),
        tfdt: fixed(8, 12),
        trun: upTo((body) => runLengths(body).head + u32(body, 4) * runLengths(body).entry),
        sdtp: asItIs,
        sbgp: groups,
        sgpd: groups,
      },
      { several: ['trun', 'sbgp', 'sgpd'] },
    ),
  },
  { several: ['traf'] },
);

/** Boxes beside the film that players find their way with. */
export const INDEXES: ReadonlyMap<string, Cleaner> = new Map([
  ['sidx', upTo((body) => (long(body) ? 32 : 24) + u16(body, long(body) ? 30 : 22) * 12)],
  [
    'mfra',
    boxOf(
      { tfra: upTo((body) => 16 + u32(body, 12) * ((long(body) ? 16 : 8) + entryBytes(u32(body, 8)))), mfro: fixed(8) },
      { several: ['tfra'] },
    ),
  ],
]);

/** `tfra` says with two bits each how long three numbers of an entry are, less one. */
function entryBytes(lengths: number): number {
  return ((lengths >> 4) & 3) + ((lengths >> 2) & 3) + (lengths & 3) + 3;
}

/** Cleans the body of a `moov` in place. Tracks that are neither pictures nor sound become free space. */
export function cleanMovie(moov: Uint8Array, removed: Set<string>): void {
  freeBoxes(moov, removed, ({ type, body }) => type === 'trak' && !isStream(body));
  movie(moov, removed);
}

/** Cleans the body of a `moof` in place; `keeps` says which tracks stay. */
export function cleanFragment(moof: Uint8Array, keeps: (track: number) => boolean, removed: Set<string>): void {
  freeBoxes(moof, removed, ({ type, body }) => type === 'traf' && !keeps(fragmentTrack(body)));
  fragment(moof, removed);
}

function freeBoxes(body: Uint8Array, removed: Set<string>, goes: (box: Box) => boolean): void {
  for (const box of boxesIn(body).boxes) if (goes(box)) freeBox(box, removed);
}
