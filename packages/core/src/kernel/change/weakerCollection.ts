import type { Collection, Field } from '../policy/inventory.ts';
import { same } from './same.ts';

/** What the newer description of a collection no longer does, or may no longer do; undefined where it does all of it. */
export function weakerCollection(before: Collection, after: Collection): string | undefined {
  return (
    weakerEnd(before, after) ??
    weakerFields(before, after) ??
    weakerGate(before, after) ??
    weakerRedactions(before, after)
  );
}

/** Dates, tests and the way to the person end records: under the same name, another one may end none. */
function weakerEnd(before: Collection, after: Collection): string | undefined {
  if (before.retention !== undefined && before.retention !== after.retention)
    return `is ended by ${after.retention ?? 'no rule'} instead of ${before.retention}`;
  if (before.follows !== after.follows)
    return `goes with ${after.follows ?? 'none'} instead of ${before.follows ?? 'none'}`;
  if (!leadsAsBefore(before, after)) return 'leads to its person in another way';
  if (before.about !== undefined && !same(before.about, after.about))
    return 'is no longer told to, or does not go with, whom it is about';
  const carried = (before.lineage?.carries ?? []).filter((path) => !after.lineage?.carries?.includes(path));
  if (carried.length > 0) return `lets copies of ${carried.join(', ')} stay where the original goes`;
  for (const part of ['anchors', 'predicates', 'traits'] as const) {
    const [then, now]: Readonly<Record<string, unknown>>[] = [before[part] ?? {}, after[part] ?? {}];
    const moved = Object.keys(then ?? {}).filter((name) => !same(then?.[name], now?.[name]));
    if (moved.length > 0) return `reads ${moved.sort().join(', ')} elsewhere, or not at all`;
  }
  return undefined;
}

function leadsAsBefore({ subject: before }: Collection, { subject: after }: Collection): boolean {
  if (before.by !== 'self' || after.by !== 'self') return same(before, after);
  const isVerified = before.verified === undefined || before.verified === after.verified;
  return isVerified && before.key === after.key && before.addresses.every((path) => after.addresses.includes(path));
}

/** A field that is gone has moved where a new one of its kind has come. */
function weakerFields({ fields: before }: Collection, { fields: after }: Collection): string | undefined {
  const at = (fields: readonly Field[], path: string): Field | undefined => fields.find((field) => field.path === path);
  const come = after.filter(({ path }) => !at(before, path));
  const lost = before.filter((field) => {
    if (at(after, field.path)) return false;
    const heir = come.findIndex(({ category, file }) => category === field.category && file === field.file);
    return heir < 0 || come.splice(heir, 1).length === 0;
  });
  if (lost.length > 0) return `no longer finds ${paths(lost)}`;
  const changed = (is: (then: Field, now: Field) => boolean): Field[] =>
    before.filter((then) => {
      const now = at(after, then.path);
      return now !== undefined && is(then, now);
    });
  const hidden = changed((then, now) => then.export === 'always' && now.export === 'never');
  if (hidden.length > 0) return `no longer exports ${paths(hidden)}`;
  const orphaned = changed((then, now) => then.file !== undefined && then.file !== now.file);
  if (orphaned.length > 0) return `no longer takes along the files of ${paths(orphaned)}`;
  const encoded = changed((then, now) => then.stored !== now.stored);
  if (encoded.length > 0) return `reads ${paths(encoded)} in another way`;
  const relabelled = changed((then, now) => then.category !== now.category);
  return relabelled.length > 0 ? `holds something else in ${paths(relabelled)}` : undefined;
}

/** What is written there, and who may read it. */
function weakerGate(before: Collection, after: Collection): string | undefined {
  if (before.visibility !== after.visibility)
    return `reads who may see it in ${after.visibility ?? 'no field'} instead of ${before.visibility ?? 'none'}`;
  const keepsOut = ({ unlisted }: Collection): boolean => unlisted === 'refuse' || unlisted === 'strip';
  if (keepsOut(before) ? !keepsOut(after) : after.unlisted === 'report' && before.unlisted !== 'report')
    return 'no longer keeps out fields that it does not name';
  const clear = before.fields.filter(
    ({ path, holds }) => holds === 'hash' && after.fields.some((now) => now.path === path && now.holds !== 'hash'),
  );
  return clear.length > 0 ? `takes clear values in ${paths(clear)}` : undefined;
}

function weakerRedactions(before: Collection, after: Collection): string | undefined {
  const kept = after.redactions ?? [];
  const [dropped] = (before.redactions ?? []).filter(
    ({ rule, fields }) => !fields.every((path) => kept.some((one) => one.rule === rule && one.fields.includes(path))),
  );
  return dropped && `is no longer redacted by ${dropped.rule} as before`;
}

function paths(fields: readonly Field[]): string {
  return fields.map(({ path }) => path).join(', ');
}
