import { mongo } from 'mongoose';
import { keyText } from '../data/keyForms.ts';
import { type ElementsOfRecord, isElements } from '../data/units.ts';

const { EJSON } = mongo.BSON;

/** The text by which a record, or somebody's elements in it, is known on the other side. */
export function idText(id: unknown): string {
  return isElements(id) ? EJSON.stringify(id, { relaxed: false }) : keyText(id);
}

/** Somebody's elements in a record, where the text is theirs. */
export function elementsOfText(text: string): ElementsOfRecord | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const id: unknown = EJSON.parse(text, { relaxed: false });
    return isElements(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
