import type { Rehearsal } from '../kept.ts';
import { counted, presentDay, type When } from './dates.ts';
import type { Desk } from './desk.ts';
import { type PlanRow, presentPlanRows, VERB } from './plan.ts';
import { regimeLabel } from './words.ts';

/** What a request would do, or would have done. */
export interface RehearsalCard {
  readonly law: string;
  readonly way: string;
  readonly due: When;
  readonly recipients: string;
  readonly rows: readonly PlanRow[];
  /** What is there, where nothing of it would go. */
  readonly found: readonly { readonly collection: string; readonly count: string }[];
  readonly nothing: boolean;
}

const WAY: Readonly<Record<Rehearsal['way'], string>> = {
  approved: 'Two people sign for exactly one preview',
  decided: 'A colleague weighs it, then it is carried out',
  direct: 'Carried out by itself',
};

export function presentRehearsal(
  { regime, way, dueOn, found, plan, recipients }: Rehearsal,
  desk: Desk,
): RehearsalCard {
  const labelOf = (name: string): string =>
    desk.kept.policy.recipients.find((recipient) => recipient.name === name)?.label ?? name;
  return {
    law: regimeLabel(regime),
    way: WAY[way],
    due: presentDay(dueOn, desk.today),
    recipients: recipients.map(labelOf).join(', ') || 'Nobody has data of this person by the log',
    rows: presentPlanRows(plan, VERB, desk),
    found:
      plan.length > 0
        ? []
        : found.map(({ collection, records, files }) => ({
            collection,
            count: `${counted(records, 'record')}${files > 0 ? `, ${counted(files, 'file')}` : ''}`,
          })),
    nothing: found.length === 0,
  };
}
