import type { WrittenInventory } from './inventoryShape.ts';
import { below, mistake, type Spot } from './spot.ts';

/** People are those of the database, and no path leads from one source into another: nobody could follow it. */
export function checkSource(name: string, { collections }: WrittenInventory, at: Spot): void {
  const { source, subject } = collections[name] ?? {};
  const [through] = Object.keys(subject?.through ?? {});
  if (source !== undefined && subject?.key !== undefined) {
    const message = `"${name}" holds the people themselves, and lies in another source than they are looked for in`;
    mistake(below(at, 'source'), 'RULE_CONTRADICTORY', message, 'take source out, or lead to the person by ref');
  }
  if (through === undefined || collections[through] === undefined || collections[through].source === source) return;
  const message = `the path from "${name}" to the person leads through "${through}", which lies in another source`;
  mistake(below(at, 'subject'), 'RULE_CONTRADICTORY', message, 'lead to the person by ref');
}
