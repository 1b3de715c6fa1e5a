import type { StoredRequest } from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import type { Desk } from './desk.ts';
import type { Typed } from './weigh.ts';

/** A report of somebody pictured: the records that show them, what was looked at, and what becomes of it. */
export interface PicturedForm {
  readonly shown: readonly { readonly collection: string; readonly record: string; readonly n: number }[];
  readonly collections: readonly Choice[];
  /** For which staff may look at what others made. */
  readonly purposes: readonly Choice[];
  readonly stores: readonly Choice[];
  readonly outcomes: readonly Choice[];
  readonly article: string;
  /** Parts of pictures to cover, in per cent of their width and height. */
  readonly faces: readonly Readonly<Record<'n' | 'title' | 'file' | 'x' | 'y' | 'width' | 'height', string | number>>[];
}

const OUTCOMES = { takedown: 'Take it down, files and all', blur: 'Cover the parts named below' };
const FACES = 4;

export function presentPictured({ shownIn = [] }: StoredRequest, typed: Typed, { kept }: Desk): PicturedForm {
  const { inventory, purposes, visibility } = kept.policy;
  const labelOf = (name: string): string => purposes.find((purpose) => purpose.name === name)?.label ?? name;
  const named = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, labelOf(name)]));
  return {
    shown: shownIn.map(({ collection, record }, n) => ({ collection, record, n })),
    collections: choices(
      named(inventory.collections.filter(({ fields }) => fields.some(({ file }) => file)).map(({ name }) => name)),
      typed?.collection,
    ),
    purposes: choices(named(visibility?.staffPurposes ?? []), undefined),
    stores: choices(named(inventory.files.map(({ name }) => name)), inventory.files[0]?.name),
    outcomes: choices(OUTCOMES, typed?.outcome),
    article: typed?.article ?? 'Article 17(1) GDPR',
    faces: Array.from({ length: FACES }, (_, n) => {
      const of = (name: string): string => typed?.[`${name}-${n}`] ?? '';
      const title = `Part ${n + 1}`;
      return { n, title, file: of('file'), x: of('x'), y: of('y'), width: of('width'), height: of('height') };
    }),
  };
}
