import { writeRefused } from './writeRefused.ts';
import type { FieldNode, KnownField, WriteRules } from './writeRules.ts';

/** As deep as MongoDB nests documents, twice over; deeper is no record. */
const DEEPEST = 200;
/** The largest document that MongoDB stores. */
const LARGEST = 16 * 1024 * 1024;

/** Names that a database or the language takes for something else than a field. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** One look at what is to be written: where it stands, how much it has seen, and what it noticed on the way. */
export interface Look {
  readonly rules: WriteRules;
  /** Places of fields that the inventory does not name, and how often each was seen. */
  readonly unlisted: Map<string, number>;
  readonly trail: string[];
  left: number;
}

export function lookAt(rules: WriteRules): Look {
  return { rules, unlisted: new Map(), trail: [], left: LARGEST };
}

/** Begins the next document of the same write. */
export function nextDocument(look: Look): Look {
  look.left = LARGEST;
  look.trail.length = 0;
  return look;
}

/** Where the look stands, such as `users.identities.email`: names that the host wrote, and `*` for others. */
export function placeOf({ rules, trail }: Look): string {
  return [rules.collection, ...trail.map((step) => (rules.names.has(step) ? step : '*'))].join('.');
}

export function enter(look: Look, step: string): void {
  look.trail.push(step);
  if (look.trail.length > DEEPEST) {
    throw writeRefused(look.rules.collection, `it is more than ${DEEPEST} levels deep`, 'Store it flatter.');
  }
}

/** Counts what was seen against the size of a document. */
export function spend(look: Look, bytes: number): void {
  look.left -= bytes;
  if (look.left < 0)
    throw writeRefused(look.rules.collection, 'it is larger than 16 MB', 'Store it in parts, or as a file.');
}

export function demandName(look: Look, name: string): void {
  if (!name.startsWith('$') && !name.includes('.') && !name.includes('\0') && !RESERVED.has(name)) return;
  throw writeRefused(
    placeOf(look),
    'the name of a field begins with $, holds a dot, or is one that the language keeps for itself',
    'Give fields plain names; nothing that people send may name them.',
  );
}

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** The node of a field in a record, or of what lies below a path that has ended. Undefined where nothing names it. */
export function below(node: FieldNode, step: string): FieldNode | undefined {
  return node.children.get(step) ?? (node.field && whole(node.field));
}

/** Whether a value that was looked at as `source` may be moved to where hashes are expected, at the node or below it. */
export function mayMove(source: FieldNode | undefined, to: FieldNode): boolean {
  return source === to || source?.field?.holds === 'hash' || !holdsHashes(to);
}

function holdsHashes({ field, children }: FieldNode): boolean {
  return field?.holds === 'hash' || [...children.values()].some(holdsHashes);
}

const wholes = new WeakMap<KnownField, FieldNode>();
const none: ReadonlyMap<string, FieldNode> = new Map();

function whole(field: KnownField): FieldNode {
  const known = wholes.get(field) ?? { field, children: none };
  wholes.set(field, known);
  return known;
}

/** What becomes of a field that nothing names: true where it is written all the same, and noted. */
export function staysUnlisted(look: Look): boolean {
  const { rules } = look;
  const place = placeOf(look);
  if (rules.unlisted === 'refuse') throw unlistedRefused(look, place);
  look.unlisted.set(place, (look.unlisted.get(place) ?? 0) + 1);
  return rules.unlisted === 'report';
}

export function unlistedRefused({ rules }: Look, place: string): Error {
  return writeRefused(
    place,
    'the inventory does not name this field',
    `Give it a category under collections.${rules.collection}.fields of inventory.yaml, or do not store it.`,
    rules.closing,
  );
}
