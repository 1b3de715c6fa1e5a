import type { Policy } from '../policy/policy.ts';
import type { Between, Judges } from './judge.ts';
import { shown } from './judge.ts';
import type { PolicyChange, Said } from './policyChange.ts';
import { same } from './same.ts';

/** The two versions that are compared. */
export interface Versions {
  readonly a: Policy;
  readonly b: Policy;
}

/** How the rules of a section are compared. */
export interface Section<R extends object> {
  readonly name: string;
  readonly judges: Judges<R>;
  idOf(rule: R): string;
  labelOf(rule: R, policy: Policy): string;
  /** A rule that the newer version has alone, judged against the older one. */
  came(rule: R, versions: Versions): Said;
  went(rule: R, versions: Versions): Said;
}

/** All differences between two lists of rules, by id. */
export function diffRules<R extends object>(
  section: Section<R>,
  before: readonly R[],
  after: readonly R[],
  versions: Versions,
): PolicyChange[] {
  const [then, now] = [before, after].map((rules) => new Map(rules.map((rule) => [section.idOf(rule), rule])));
  const ids = [...new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  return ids.flatMap((id): PolicyChange[] => {
    const [old, next] = [then?.get(id), now?.get(id)];
    if (old !== undefined && next !== undefined) return diffRule(section, old, next, versions);
    const rule = `${section.name}.${id}`;
    if (next !== undefined) {
      const place = { section: section.name, rule, change: 'added', clause: clauseOf(next), after: next } as const;
      return [{ ...place, ...section.came(next, versions) }];
    }
    if (old === undefined) return [];
    const place = { section: section.name, rule, change: 'removed', clause: clauseOf(old), before: old } as const;
    return [{ ...place, ...section.went(old, versions) }];
  });
}

/** The differences between two versions of one rule, field by field in the order of the judges. */
export function diffRule<R extends object>(
  { name, judges, idOf, labelOf }: Pick<Section<R>, 'name' | 'judges' | 'idOf' | 'labelOf'>,
  before: R,
  after: R,
  versions: Versions,
): PolicyChange[] {
  const between: Between<R> = { ...versions, before, after, name: labelOf(after, versions.b) };
  const id = idOf(after);
  const known = Object.keys(judges) as (keyof R & string)[];
  const fields = [...known, ...(Object.keys({ ...before, ...after }) as (keyof R & string)[])];
  return [...new Set(fields)].flatMap((field) => {
    const [old, next] = [before[field], after[field]];
    if (same(old, next)) return [];
    const place = {
      section: name,
      rule: id === '' ? name : `${name}.${id}`,
      field,
      change: 'changed',
      clause: clauseOf(after) || clauseOf(before),
      ...(old !== undefined && { before: old }),
      ...(next !== undefined && { after: next }),
    } as const;
    const said = judges[field]?.(old as never, next as never, between) ?? [unheardOf(between.name, field, old, next)];
    return (said.length === 0 ? [rewritten(between.name, field)] : said).map((each) => ({ ...place, ...each }));
  });
}

/** A field that this version of the program does not know: two people look. */
function unheardOf(name: string, field: string, before: unknown, after: unknown): Said {
  const text = `${name}: ${field} is ${shown(after)} instead of ${shown(before)}`;
  return { text, direction: 'loosens', material: true };
}

function rewritten(name: string, field: string): Said {
  return {
    text: `${name}: ${field} differs in a detail that changes nothing for people`,
    direction: 'neither',
    material: false,
  };
}

function clauseOf(rule: object): string {
  const { clause } = rule as { clause?: unknown };
  return typeof clause === 'string' ? clause : '';
}
