import { cardNumberIn } from '../sensitive/cardNumberIn.ts';
import { cardNumbersIn } from '../sensitive/cardNumbersIn.ts';
import { hiddenText } from '../sensitive/decoded.ts';
import { isHash } from '../sensitive/isHash.ts';
import { secretsIn } from '../sensitive/secretsIn.ts';
import { holdsIdentifier } from './identifiers.ts';
import { mark, note, type Place, placeBelow, placeInside, type Tree } from './place.ts';
import type { ScanCode } from './scanFinding.ts';
import { type StoredKind, storedKind } from './storedKind.ts';
import { bytesIn, textIn } from './textIn.ts';

/** What is looked for, besides card numbers, secrets in the clear and places that the inventory does not know. */
export interface Sought {
  /** How the host's own keys begin. */
  readonly prefixes: readonly string[];
  /** By what people are recognised, in lower case: sought where the inventory knows of no data. */
  readonly identifiers: ReadonlySet<string>;
  /** Values that the operator planted, in lower case: sought everywhere. */
  readonly canaries: readonly string[];
  /** API keys made before this are too old. */
  readonly keysSince?: Date;
}

/** One record on its way through the tree of places. */
interface Look {
  readonly tree: Tree;
  readonly sought: Sought;
  readonly record: number;
  readonly id: unknown;
}

const DEEPEST = 200;

/** Looks through a whole record, the names of its fields included, and notes in the tree what stands where. */
export function noteRecord(document: object, record: number, tree: Tree, sought: Sought): void {
  walk(document, tree.root, 0, { tree, sought, record, id: (document as { _id?: unknown })._id });
}

function walk(value: unknown, place: Place, depth: number, look: Look): void {
  const kind = storedKind(value);
  if (depth > DEEPEST) {
    look.tree.tooDeep = true;
  } else if (kind === 'array') {
    const inside = placeInside(look.tree, place);
    for (const each of value as unknown[]) walk(each, inside, depth + 1, look);
  } else if (kind === 'object') {
    for (const [name, each] of Object.entries(value as object)) {
      // A name that has a place says the same in every record, and was looked at when it got it.
      const isNew = !place.names.has(name);
      const below = placeBelow(look.tree, place, name);
      if (isNew) judgeName(name, below, look);
      walk(each, below, depth + 1, look);
    }
  } else {
    note(place, kind, look.record);
    judge(value, kind, place, look);
  }
}

function judge(value: unknown, kind: StoredKind, place: Place, look: Look): void {
  const { listed } = place;
  const found = (code: ScanCode, what = ''): void => mark(place, code, what, look.record, look.id);
  if (kind === 'null') return;
  if (listed.anchor && kind !== 'date') found('ANCHOR_NO_DATE', kind);
  if (listed.field?.file !== undefined && kind !== 'string') found('FILE_KEY_UNREADABLE', kind);
  if (listed.keyMade && isBefore(value, look.sought.keysSince)) found('KEY_TOO_OLD');

  if (listed.field?.holds === 'hash' && !isHash(kind === 'binData' ? bytesIn(value) : value)) found('HASH_EXPECTED');

  const hidden = hiddenText(value, listed.field);
  if (hidden !== undefined) judgeText(hidden, found, look.sought);
  const text = textIn(value, kind);
  if (text === undefined) return;
  if (kind === 'number') {
    const brand = cardNumberIn(value)?.brand;
    if (brand !== undefined) found('CARD_NUMBER_STORED', brand);
  } else if (kind !== 'objectId') {
    judgeText(text, found, look.sought);
  }
  judgeWho(text, place, look);
}

/** The name of a field may hold what its value may not. */
function judgeName(name: string, place: Place, look: Look): void {
  judgeText(name, (code, what) => mark(place, code, what, look.record, look.id), look.sought);
  judgeWho(name, place, look);
}

function judgeText(text: string, found: (code: ScanCode, what: string) => void, { prefixes }: Sought): void {
  for (const { brand } of cardNumbersIn(text)) found('CARD_NUMBER_STORED', brand);
  for (const { kind } of secretsIn(text, prefixes)) found('SECRET_STORED', kind);
}

/** People, where the inventory knows of no data; what the operator planted, everywhere. */
function judgeWho(text: string, place: Place, { sought, record, id }: Look): void {
  const isKnown = place.listed.field !== undefined || place.listed.leads;
  if (!isKnown && holdsIdentifier(text, sought.identifiers)) mark(place, 'IDENTIFIER_UNLISTED', 'people', record, id);
  if (sought.canaries.length === 0) return;
  const lower = text.toLowerCase();
  for (const [index, canary] of sought.canaries.entries()) {
    const code = isKnown ? 'CANARY_FOUND' : 'IDENTIFIER_UNLISTED';
    if (lower.includes(canary)) mark(place, code, `canary ${index + 1}`, record, id);
  }
}

function isBefore(value: unknown, limit: Date | undefined): boolean {
  const date = value as Date;
  return limit !== undefined && typeof date.getTime === 'function' && date < limit;
}
