import type { mongo } from 'mongoose';
import type { Collection } from '../../kernel/policy/inventory.ts';
import { elementsIn, elementsOf, keyIn, onlyElements } from './elements.ts';
import { keyIdentity } from './keyForms.ts';
import { isAmong, type LeadingValues } from './subjectFilter.ts';

/**
 * What a record's id is where only elements of it are the person's: the record, and the keys by which these elements are
 * known in it. It is all that is needed to take them out again, also after a crash, and says nothing that the record did not.
 */
export interface ElementsOfRecord {
  readonly record: unknown;
  readonly keptElements: readonly unknown[];
}

export function isElements(id: unknown): id is ElementsOfRecord {
  return typeof id === 'object' && id !== null && Array.isArray((id as { keptElements?: unknown }).keptElements);
}

/** Key of the record, whichever part of it is meant. */
export function recordKey(id: unknown): unknown {
  return isElements(id) ? id.record : id;
}

/** The person's part of a record: all of it, or its elements; with the id by which that part is ended. */
export function ownPart(
  collection: Collection,
  record: mongo.Document,
  values: LeadingValues,
): { readonly id: unknown; readonly own: mongo.Document } {
  const elements = elementsOf(collection);
  if (elements === undefined) return { id: record._id, own: record };
  const isOwn = isAmong(values);
  const keys = elementsIn(record, elements)
    .map((element) => keyIn(element, elements))
    .filter(isOwn);
  const keptElements = [...new Map(keys.map((key) => [keyIdentity(key), key])).values()];
  const own = onlyElements(record, elements, (element) => isOwn(keyIn(element, elements))) as object | undefined;
  return { id: { record: record._id, keptElements }, own: { ...own, _id: record._id } };
}
