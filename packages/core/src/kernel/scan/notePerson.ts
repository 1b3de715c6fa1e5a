import { decoded } from '../sensitive/decoded.ts';
import { mark, note, type Place, placeBelow, placeInside, type Tree } from './place.ts';
import { namesPerson, type SoughtPerson } from './soughtPerson.ts';
import { storedKind } from './storedKind.ts';
import { textIn } from './textIn.ts';

const DEEPEST = 200;

/** Looks through a whole record for one person, the names of its fields included, and marks in the tree where it is named. */
export function notePerson(document: object, record: number, tree: Tree, sought: SoughtPerson): void {
  walk(document, tree.root, 0, false);

  function walk(value: unknown, place: Place, depth: number, isClear: boolean): void {
    const kind = storedKind(value);
    if (depth > DEEPEST) {
      tree.tooDeep = true;
    } else if (kind === 'array') {
      const inside = placeInside(tree, place);
      for (const each of value as unknown[]) walk(each, inside, depth + 1, isClear);
    } else if (kind === 'object') {
      for (const [name, each] of Object.entries(value as object)) {
        const below = placeBelow(tree, place, name);
        if (namesPerson(name, sought)) found(below);
        walk(each, below, depth + 1, isClear);
      }
    } else {
      const clear = isClear ? value : decoded(value, place.listed.field);
      const text = clear === value ? textIn(value, kind) : undefined;
      if (clear !== value) walk(clear, place, depth + 1, true);
      if (text !== undefined && namesPerson(text, sought)) found(place);
    }
  }

  function found(place: Place): void {
    note(place, 'string', record);
    mark(place, 'IDENTIFIER_UNLISTED', '', record, undefined);
  }
}
