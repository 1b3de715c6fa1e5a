import type { mongo } from 'mongoose';
import { storedKind } from '../../kernel/scan/storedKind.ts';

/** Where a walk through a collection in the order of its keys has come to. */
export interface KeyCursor {
  /** The last key that was seen; absent where a new type of keys begins. */
  readonly last?: unknown;
  /** Types of keys that are behind. */
  readonly done: readonly string[];
}

/**
 * Records behind the cursor. A comparison reaches keys of its own type alone, and hosts mix them: so types that are done
 * with are left out by name, and nothing is passed over.
 */
export function behind({ last, done }: KeyCursor): mongo.Filter<mongo.Document>[] {
  return [
    ...(last === undefined ? [] : [{ _id: { $gt: last } }]),
    ...(done.length === 0 ? [] : [{ _id: { $not: { $type: [...done] } } }]),
  ] as unknown as mongo.Filter<mongo.Document>[];
}

/** The cursor after a page of keys, in their order; undefined where nothing can be behind it. */
export function onward(cursor: KeyCursor, keys: readonly unknown[], limit: number): KeyCursor | undefined {
  const types = [...new Set([...(cursor.last === undefined ? [] : [cursor.last]), ...keys].map(storedKind))];
  const current = types.at(-1);
  if (keys.length === limit && current !== undefined) {
    return { last: keys.at(-1), done: [...new Set([...cursor.done, ...types.slice(0, -1)])] };
  }
  return cursor.last === undefined ? undefined : { done: [...new Set([...cursor.done, ...types])] };
}
