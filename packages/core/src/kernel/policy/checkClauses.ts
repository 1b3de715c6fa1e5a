import { insteadOf } from './nearestWord.ts';
import type { RegisteredPack } from './registerOf.ts';
import { writtenRules } from './ruleIds.ts';
import { below, mistake, type Spot } from './spot.ts';
import type { WrittenPolicy } from './writtenPolicy.ts';

/** Every clause is kept by rules that exist, every rule keeps a clause that exists, and the register's are all there. */
export function checkClauses(written: Partial<WrittenPolicy>, register: readonly RegisteredPack[], spot: Spot): void {
  const clauses = written.clauses ?? [];
  const rules = writtenRules(spot.source.data);
  const ids = rules.map((rule) => rule.id);
  const registered = register.find((pack) => pack.pack === written.pack);
  const atClauses = below(spot, 'clauses');

  const known = rawIds(spot);
  const listed = known.filter((id) => id !== undefined);
  const listedAs = (id: string): string => (listed.length === 0 ? 'list it under clauses:' : insteadOf(id, listed));
  const seen = new Set<string>();
  for (const clause of clauses) {
    const at = below(atClauses, seen.has(clause.id) ? known.lastIndexOf(clause.id) : known.indexOf(clause.id));
    if (seen.has(clause.id)) mistake(at, 'DUPLICATE', `clause "${clause.id}" is written twice`, 'remove one of them');
    seen.add(clause.id);
    if (written.pack !== undefined && !clause.id.startsWith(`${written.pack}.`)) {
      mistake(
        at,
        'CLAUSE_FOREIGN',
        `clause "${clause.id}" is not of the pack "${written.pack}"`,
        `begin its id with ${written.pack}.`,
      );
    } else if (registered !== undefined && !registered.clauses.some((known) => known.id === clause.id)) {
      const promised = registered.clauses.map((one) => one.id);
      mistake(at, 'CLAUSE_UNKNOWN', `the register has no clause "${clause.id}"`, insteadOf(clause.id, promised));
    }
    if (clause['kept-by'].length === 0) {
      mistake(below(at, 'kept-by'), 'CLAUSE_DANGLING', `nothing keeps "${clause.id}"`, 'name at least one rule');
    }
    for (const [place, id] of clause['kept-by'].entries()) {
      if (ids.includes(id)) continue;
      mistake(
        below(at, 'kept-by', place),
        'CLAUSE_DANGLING',
        `"${clause.id}" is kept by "${id}", which does not exist`,
        insteadOf(id, ids),
      );
    }
  }

  for (const rule of rules) {
    if (typeof rule.clause !== 'string' || known.includes(rule.clause)) continue;
    const at = below(spot, ...rule.path, 'clause');
    mistake(
      at,
      'CLAUSE_UNKNOWN',
      `rule "${rule.id}" names the clause "${rule.clause}", which is not listed`,
      listedAs(rule.clause),
    );
  }
  for (const [name, recipient] of Object.entries(written.recipients ?? {})) {
    if (recipient.limitedBy === undefined || known.includes(recipient.limitedBy)) continue;
    const at = below(spot, 'recipients', name, 'limitedBy');
    const message = `recipient "${name}" names the clause "${recipient.limitedBy}", which is not listed`;
    mistake(at, 'CLAUSE_UNKNOWN', message, listedAs(recipient.limitedBy));
  }
  for (const clause of registered?.clauses ?? []) {
    if (known.includes(clause.id)) continue;
    mistake(
      atClauses,
      'CLAUSE_MISSING',
      `the register's clause "${clause.id}" is not encoded`,
      'add it with the rules that keep it',
    );
  }
}

/** Ids as they are written and where, those of clauses with other mistakes too; undefined for an entry without one. */
function rawIds(spot: Spot): (string | undefined)[] {
  const list = (Object(spot.source.data) as { clauses?: unknown }).clauses;
  if (!Array.isArray(list)) return [];
  return list.map((clause) => {
    const { id } = Object(clause) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  });
}
