import type { Listed } from './listing.ts';
import type { ScanCode } from './scanFinding.ts';
import { tellsNobody } from './shownName.ts';
import type { StoredKind } from './storedKind.ts';

/** A place in the records of a collection, such as `outputs[].file`, and what was seen there. */
export interface Place {
  readonly path: string;
  readonly listed: Listed;
  readonly names: Map<string, Place>;
  readonly kinds: Set<StoredKind>;
  readonly seen: Tally;
  readonly marks: Map<string, Mark>;
  /** Where the elements of lists stand. */
  elements?: Place;
  /** Where all names stand that are not told apart. */
  rest?: Place;
}

/** Records, each counted once however often it comes by. */
export interface Tally {
  records: number;
  last: number;
}

/** Something of a kind that was found at a place. */
export interface Mark extends Tally {
  readonly code: ScanCode;
  readonly what: string;
  /** Of the first records. */
  readonly ids: unknown[];
}

/** All places of a collection. */
export interface Tree {
  readonly root: Place;
  readonly listed: (path: string) => Listed;
  places: number;
  /** Names were so many that they are not told apart. */
  folded: boolean;
  /** Something lay deeper than is looked at. */
  tooDeep: boolean;
}

/** Names told apart in one object, and places in one collection: more are looked into, and shown as `*`. */
const MOST_NAMES = 64;
const MOST_PLACES = 4_000;
const MOST_IDS = 10;

export function treeOf(listed: Tree['listed']): Tree {
  return { root: newPlace('', listed('')), listed, places: 1, folded: false, tooDeep: false };
}

export function placeBelow(tree: Tree, place: Place, name: string): Place {
  const known = place.names.get(name);
  if (known) return known;
  const path = place.path === '' ? name : `${place.path}.${name}`;
  const listed = tree.listed(path);
  const isNamed = listed.leads || listed.above || (listed.field !== undefined && listed.field !== place.listed.field);
  if (isNamed) return added(tree, place, name, path, listed);

  const isFull = place.names.size >= MOST_NAMES || tree.places >= MOST_PLACES;
  if (!isFull && tellsNobody(name)) return added(tree, place, name, path, listed);
  tree.folded ||= isFull && listed.field === undefined;
  const restPath = place.path === '' ? '*' : `${place.path}.*`;
  place.rest ??= newPlace(restPath, tree.listed(restPath));
  return place.rest;
}

export function placeInside(tree: Tree, place: Place): Place {
  const path = `${place.path}[]`;
  place.elements ??= newPlace(path, tree.listed(path));
  return place.elements;
}

/** All places at which something stands. */
export function* placesIn(place: Place): Generator<Place> {
  if (place.seen.records > 0) yield place;
  for (const each of [...place.names.values(), place.elements, place.rest]) if (each) yield* placesIn(each);
}

export function note(place: Place, kind: StoredKind, record: number): void {
  place.kinds.add(kind);
  count(place.seen, record);
}

export function mark(place: Place, code: ScanCode, what: string, record: number, id: unknown): void {
  const key = `${code} ${what}`;
  const found = place.marks.get(key) ?? { code, what, records: 0, last: -1, ids: [] };
  place.marks.set(key, found);
  if (count(found, record) && found.ids.length < MOST_IDS) found.ids.push(id);
}

function count(tally: Tally, record: number): boolean {
  if (tally.last === record) return false;
  tally.last = record;
  tally.records += 1;
  return true;
}

function added(tree: Tree, place: Place, name: string, path: string, listed: Listed): Place {
  const child = newPlace(path, listed);
  place.names.set(name, child);
  tree.places += 1;
  return child;
}

function newPlace(path: string, listed: Listed): Place {
  return { path, listed, names: new Map(), kinds: new Set(), seen: { records: 0, last: -1 }, marks: new Map() };
}
