import type { Purpose } from '../policy/policy.ts';
import { isWithinLimit } from './limitOfUse.ts';
import { allow, forbid, type Inquiry, type Voice } from './voice.ts';

/** What is never done, whatever else allows it. */
export function prohibitions({ table, question }: Inquiry): Voice[] {
  const kind = question.recipient === undefined ? undefined : table.recipient(question.recipient)?.kind;
  return table
    .prohibitionsOn(question.purpose, question.category, kind)
    .map((never) => forbid(`never.${never.name}`, never.clause, never.label));
}

/** The purpose is one that the notice names, and it names the category with it. */
export function purposeVoices(inquiry: Inquiry): Voice[] {
  const { table, question } = inquiry;
  return [...collected(inquiry), ...reach(inquiry, question.purpose), ...useLimits(inquiry, question.purpose)].concat(
    table.purposeFor(question.purpose) === undefined
      ? unlisted(inquiry, 'purposes', `no purpose "${question.purpose}" is listed`)
      : [],
  );
}

/** Whether a purpose reaches the category asked about. */
export function reach({ table, question }: Inquiry, name: string): Voice[] {
  const purpose = table.purposeFor(name);
  if (purpose === undefined) return [];
  const rule = `purposes.${purpose.name}`;
  if (table.reaches(purpose, question.category))
    return [allow(rule, purpose.clause, `${purpose.label} (${purpose.basis})`), ...groupsOnly(purpose, question.group)];
  return [forbid(rule, purpose.clause, `"${purpose.label}" does not reach ${question.category}`)];
}

/** A purpose that the notice limits to aggregates never looks at a person, nor at a group in which one could be found. */
function groupsOnly({ name, aggregate, clause }: Purpose, group: number | undefined): Voice[] {
  if (aggregate === undefined || (group !== undefined && group >= aggregate.minimumGroup)) return [];
  const text =
    group === undefined
      ? `it looks at groups of ${aggregate.minimumGroup} or more, never at one person`
      : `a group of ${group} is suppressed: the least is ${aggregate.minimumGroup}`;
  return [forbid(`purposes.${name}`, clause, text)];
}

function collected(inquiry: Inquiry): Voice[] {
  const { table, question } = inquiry;
  if (table.isCollected(question.category)) return [];
  return unlisted(inquiry, 'categories', `the notice names no category ${question.category}`);
}

export function unlisted({ table }: Inquiry, list: 'purposes' | 'recipients' | 'categories', text: string): Voice[] {
  const closed = table.closes(list);
  return [forbid(closed === undefined ? list : `never.${closed.name}`, closed?.clause ?? '', text)];
}

function useLimits({ table, question }: Inquiry, name: string): Voice[] {
  const purpose = table.purposeFor(name);
  return table
    .limitsOn(question.category)
    .filter((rule) => !isWithinLimit(rule, name, purpose, question.category))
    .map((rule) =>
      forbid(`retention.${rule.id}`, rule.clause, `${question.category} is kept only for ${rule.onlyFor?.join(', ')}`),
    );
}
