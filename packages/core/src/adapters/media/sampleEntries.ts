import { boxesIn } from './boxes.ts';
import { asItIs, blankOut, boxOf, type Cleaner, upTo } from './cleanBox.ts';
import { mediaRefused } from './mediaFault.ts';
import { code, u16 } from './numbersIn.ts';
import { plainProfile } from './plainProfile.ts';

/**
 * Codecs whose samples carry pictures or sound alone. Not among them: encrypted ones, since nobody could look at what was
 * cleaned; JPEG and PNG as video, whose samples are picture files with metadata of their own; DV, which writes date and
 * place into each frame.
 */
const VIDEO = new Set([
  ...[
    'avc1',
    'avc2',
    'avc3',
    'avc4',
    'hvc1',
    'hev1',
    'dvh1',
    'dvhe',
    'dva1',
    'dvav',
    'dav1',
    'vvc1',
    'vvi1',
    'av01',
    'vp08',
    'vp09',
  ],
  ...['mp4v', 's263', 'h263', 'SVQ1', 'SVQ3', 'apcn', 'apch', 'apcs', 'apco', 'ap4h', 'ap4x', 'AVdn', 'AVdh'],
]);
const SOUND = new Set([
  ...['mp4a', 'alac', 'ac-3', 'ec-3', 'ac-4', 'Opus', 'samr', 'sawb', '.mp3', 'ulaw', 'alaw', 'ima4', 'MAC3', 'MAC6'],
  ...['sowt', 'twos', 'lpcm', 'ipcm', 'fpcm', 'in24', 'in32', 'fl32', 'fl64', 'raw ', 'NONE', 'ms\0\x02', 'ms\0\x11'],
]);

/** A colour profile tells of a screen; the numbers of `nclx` and `nclc` do not. */
const colour: Cleaner = (body, removed) => {
  const kind = code(body, 0);
  if (kind === 'nclx') return upTo(() => 11)(body, removed);
  if (kind === 'nclc') return upTo(() => 10)(body, removed);
  const profile = body.subarray(4);
  const plain = kind === 'prof' || kind === 'rICC' ? plainProfile(profile) : undefined;
  // Of a kind that there is none of, which players ignore.
  if (!plain) return blankOut(body, 'ICC', removed);
  if (Buffer.compare(plain, profile) !== 0) removed.add('ICC');
  profile.set(plain);
};

const opaque = (...types: readonly string[]): Record<string, Cleaner> =>
  Object.fromEntries(types.map((type) => [type, asItIs]));

const PICTURE_HEAD = 78;
const VIDEO_BOXES = {
  ...opaque('avcC', 'hvcC', 'lhvC', 'vvcC', 'av1C', 'vpcC', 'dvcC', 'dvvC', 'dvwC', 'esds', 'd263', 'SMI '),
  ...opaque('pasp', 'clap', 'btrt', 'fiel', 'gama', 'mdcv', 'clli', 'SmDm', 'CoLL', 'st3d'),
  sv3d: boxOf(opaque('proj')),
  colr: colour,
};
const SOUND_BOXES = opaque(
  'esds',
  'alac',
  'dac3',
  'dec3',
  'dac4',
  'dOps',
  'damr',
  'chan',
  'chnl',
  'btrt',
  'srat',
  'pcmC',
);
const SOUND_DETAILS = boxOf({ ...SOUND_BOXES, ...opaque('frma', 'mp4a', 'enda', 'ms\0\x02', 'ms\0\x11', '\0\0\0\0') });

/** Cleans the body of `stsd` in place. MEDIA_REFUSED where a codec is not known to carry pictures or sound alone. */
export function cleanSampleEntries(stsd: Uint8Array, removed: Set<string>): void {
  const { boxes, rest } = boxesIn(stsd.subarray(8));
  for (const { type, body } of boxes) {
    // Reserved at first, and who made the codec.
    blankOut(body.subarray(0, 6), 'padding', removed);
    blankOut(body.subarray(12, 16), 'name', removed);
    if (VIDEO.has(type)) {
      blankOut(body.subarray(42, 74), 'name', removed);
      boxOf(VIDEO_BOXES, { head: PICTURE_HEAD, several: ['colr'] })(body, removed);
    } else if (SOUND.has(type)) {
      const head = soundHead(u16(stsd, 0), u16(body, 8));
      boxOf({ ...SOUND_BOXES, wave: SOUND_DETAILS }, { head })(body, removed);
    } else {
      throw mediaRefused(
        'The film is coded in a way that is not known to hold pictures and sound alone.',
        'Export it as H.264, H.265, AV1 or VP9 with AAC or Opus, not encrypted.',
      );
    }
  }
  blankOut(rest, 'padding', removed);
}

/** Versions 1 and 2 of QuickTime have more fields; ISO calls its own version 1 by the version of `stsd`. */
function soundHead(listVersion: number, version: number): number {
  if (version === 1 && listVersion === 0) return 44;
  return version === 2 ? 64 : 28;
}
