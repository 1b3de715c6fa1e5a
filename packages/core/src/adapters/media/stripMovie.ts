import { isDeepStrictEqual } from 'node:util';
import { type BoxHead, bodyAt, boxesIn, boxHead } from './boxes.ts';
import { nameOfBox } from './cleanBox.ts';
import { fragmentData } from './fragmentData.ts';
import { mediaInvalid, mediaRefused } from './mediaFault.ts';
import { blank, dropTheRest, look, need, pass, put, take, type Walk } from './mediaStep.ts';
import { cleanFragment, cleanMovie, INDEXES } from './movieLayout.ts';
import { u32 } from './numbersIn.ts';
import { type ByteRange, joined, owedBytes } from './owedBytes.ts';
import { isStream, trackData, trackId } from './trackData.ts';

/** What of a `moov` says where coded pictures and sound lie. */
export interface MovieIndex {
  readonly tracks: ReadonlySet<number>;
  readonly data: readonly ByteRange[];
  readonly defaultSizes: ReadonlyMap<number, number>;
}

const KNOWN = new Set(['mdat', 'moof', ...INDEXES.keys()]);
const SPACE = new Set(['free', 'skip', 'wide']);
/** How far we look whether a box that nobody knows is one, or something appended to the film. */
const APPENDED = 1024 * 1024;
const LONGEST_BRANDS = 4096;
/** A fragment is followed by its data; were it not, each further one would have to be sorted among those waiting. */
const MOST_OWED = 1024;

/** Reads the body of a `moov`. MEDIA_REFUSED where there is neither picture nor sound. */
export function movieIndex(moov: Uint8Array): MovieIndex {
  const { boxes } = boxesIn(moov);
  const tracks = boxes.filter(({ type }) => type === 'trak').map(({ body }) => body);
  const streams = tracks.filter(isStream);
  if (streams.length === 0) {
    throw mediaRefused('The film holds neither pictures nor sound that we know.', 'Export it as plain MP4 or MOV.');
  }
  if (new Set(tracks.map(trackId)).size < tracks.length) throw mediaInvalid('Two tracks of the film have one number.');
  const extended = boxesIn(bodyAt(moov, 'mvex') ?? new Uint8Array(0)).boxes.filter(({ type }) => type === 'trex');
  return {
    tracks: new Set(streams.map(trackId)),
    data: joined(streams.flatMap(trackData)),
    defaultSizes: new Map(extended.map(({ body }) => [u32(body, 4), u32(body, 16)])),
  };
}

/**
 * MP4 and MOV, in one piece or in fragments. No byte moves: what goes is overwritten with zeros, boxes that nobody needs become
 * free space, so that every offset stays true and the film can leave before its end has come. Of the data only what the
 * tables of pictures and sound point at stays. Where data come before their index, they are held until it is there, unless it is
 * given as `ahead`.
 */
export function* stripMovie(removed: Set<string>, ahead?: MovieIndex): Walk {
  let index = ahead;
  let owed = owedBytes(ahead?.data);
  let cleaned = false;
  let at = 0;
  for (;;) {
    const bytes = yield* look(16);
    if (bytes.length === 0) break;
    const box = boxHead(bytes);
    const over = cleaned && owed.count === 0;
    if (over && !KNOWN.has(box?.type ?? '') && (yield* isAppended(box))) return yield* dropTheRest();
    if (!box) throw mediaInvalid('The film ends in the middle, or holds a box of an impossible length.');

    if (box.type === 'mdat') {
      if (!index) {
        index = yield* indexBehind(box.length);
        owed = owedBytes(index.data);
      }
      const within = { from: at + box.head, to: at + box.length };
      yield* pass(box.head);
      yield* passWithin(within, owed.within(within));
    } else if (box.type === 'moov' && !cleaned) {
      const moov = yield* take(box.length);
      const found = movieIndex(moov.subarray(box.head));
      if (ahead && !isDeepStrictEqual(ahead, found)) throw mediaInvalid('The index of the film is not the one ahead.');
      if (!index) owed = owedBytes(found.data);
      index = found;
      cleanMovie(moov.subarray(box.head), removed);
      cleaned = true;
      yield* put(moov);
    } else if (box.type === 'moof') {
      if (!index) throw mediaInvalid('A fragment of the film comes before its index.');
      if (owed.count > MOST_OWED) throw mediaInvalid('Fragments of the film come long before their data.');
      const { tracks, defaultSizes } = index;
      const keeps = (track: number): boolean => tracks.has(track);
      const moof = yield* take(box.length);
      const data = fragmentData(moof.subarray(box.head), at, keeps, defaultSizes);
      cleanFragment(moof.subarray(box.head), keeps, removed);
      owed = owed.with(data);
      yield* put(moof);
    } else if ((box.type === 'ftyp' || box.type === 'styp') && box.length <= LONGEST_BRANDS) {
      yield* pass(box.length);
    } else if (INDEXES.has(box.type)) {
      const whole = yield* take(box.length);
      INDEXES.get(box.type)?.(whole.subarray(box.head), removed);
      yield* put(whole);
    } else {
      yield* passAsSpace(box);
    }
    at += box.length;
  }
  if (!cleaned) throw mediaInvalid('The film has no index.');
  if (owed.count > 0) throw mediaInvalid('The index of the film points outside of its data.');
}

/** Passes what belongs to pictures and sound; the rest of the data becomes zeros. */
function* passWithin({ from, to }: ByteRange, kept: readonly ByteRange[]): Walk {
  let at = from;
  for (const range of kept) {
    yield* blank(range.from - at, 'unreferenced data');
    yield* pass(range.to - range.from);
    at = range.to;
  }
  yield* blank(to - at, 'unreferenced data');
}

function* passAsSpace(box: BoxHead): Walk {
  const head = yield* take(box.head);
  if (!SPACE.has(box.type)) head.set(Buffer.from('free'), 4);
  yield* put(head);
  yield* blank(box.length - box.head, nameOfBox(box.type, yield* look(16)));
}

/** Whether the film is over: no box begins here, or one that is longer than what is left. */
function* isAppended(box: BoxHead | undefined): Walk<boolean> {
  if (!box) return true;
  if (box.length === Number.POSITIVE_INFINITY || box.length > APPENDED) {
    return (yield* look(APPENDED)).length < APPENDED;
  }
  return (yield* look(box.length)).length < box.length;
}

/** The index that comes behind the box which begins here. All until then is held. */
function* indexBehind(length: number): Walk<MovieIndex> {
  let at = length;
  for (;;) {
    const box = Number.isFinite(at) ? boxHead(yield* look(at + 16), at) : undefined;
    if (!box) throw mediaInvalid('The film has no index.');
    if (box.type === 'moov') return movieIndex((yield* need(at + box.length)).subarray(at + box.head));
    at += box.length;
  }
}
