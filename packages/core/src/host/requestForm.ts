import type { World } from '../engine/world.ts';
import { originOf } from '../kernel/access/originOf.ts';
import type { Right } from '../kernel/classify/right.ts';
import { categoryLabel } from '../kernel/policy/categoryLabel.ts';
import { fieldTitle } from '../kernel/policy/fieldTitle.ts';
import { whyUncorrectable } from '../kernel/rectification/whyUncorrectable.ts';
import type { CorrectedValue } from '../kernel/request/asks.ts';
import { RESTRICTION_GROUNDS, type RestrictionGround } from '../kernel/request/restrictionGround.ts';
import { ownChoices } from './ownChoices.ts';

/** Of a collection with more records than that, nobody picks one from a list; they write which they mean. */
const MOST_RECORDS = 25;
const LONGEST_SHOWN = 60;

/** What somebody can choose when they ask for a right; a list that is not of this right is empty. */
export interface RequestForm {
  readonly right: Right;
  readonly purposes: readonly { readonly purpose: string; readonly label: string }[];
  readonly flags: readonly { readonly flag: string; readonly label: string }[];
  readonly grounds: readonly { readonly ground: RestrictionGround; readonly label: string }[];
  /** What stands there now, value by value; `was` absent where nothing does. */
  readonly fields: readonly FieldToCorrect[];
  readonly textNeeded: boolean;
}

export interface FieldToCorrect {
  readonly collection: string;
  readonly field: string;
  readonly was?: CorrectedValue;
  readonly label: string;
}

const groundLabels: Readonly<Record<RestrictionGround, string>> = {
  'accuracy-contested': 'Something in it is wrong, and you have yet to check that',
  unlawful: 'You may not use it, but I do not want it erased',
  'needed-for-claims': 'I need it for a legal claim, though you need it no longer',
  'objection-pending': 'I have objected, and you have yet to weigh that',
  'not-stated': 'I would rather not say',
};

export async function requestForm(world: World, subject: string, right: Right): Promise<RequestForm> {
  const choices = await ownChoices(world, subject);
  const grounds = RESTRICTION_GROUNDS.map((ground) => ({ ground, label: groundLabels[ground] }));
  return {
    right,
    purposes: right === 'objection' ? choices.objections.map(({ purpose, label }) => ({ purpose, label })) : [],
    flags:
      right === 'withdraw-consent'
        ? choices.consents.filter(({ inForce }) => inForce).map(({ flag, label }) => ({ flag, label }))
        : [],
    grounds: right === 'restriction' ? grounds : [],
    fields: right === 'rectification' ? await fieldsToCorrect(world, subject) : [],
    textNeeded: right === 'complaint' || right === 'appeal',
  };
}

async function fieldsToCorrect({ policy, data }: World, subject: string): Promise<FieldToCorrect[]> {
  const places = policy.inventory.collections.flatMap(({ name, fields }) =>
    fields
      // What we noted ourselves, such as logs, is many; who finds a fault there writes it down.
      .filter((field) => originOf(field, policy.vocabulary) === 'provided')
      .filter(({ path }) => !whyUncorrectable(policy, { collection: name, field: path }))
      .map(({ path, category }) => ({ at: { collection: name, field: path }, category })),
  );
  const found = await Promise.all(
    places.map(async ({ at, category }): Promise<FieldToCorrect[]> => {
      const { records, values } = await data.valuesOf(subject, at, MOST_RECORDS);
      if (records === 0 || records > MOST_RECORDS) return [];
      const title = `${categoryLabel(policy, [category])} (${fieldTitle(at.field)})`;
      if (values.length === 0) return [{ ...at, label: `${title}: nothing` }];
      return values.map((was) => ({ ...at, was, label: `${title}: ${shown(was)}` }));
    }),
  );
  return found.flat();
}

function shown(value: CorrectedValue): string {
  const letters = [...String(value).replace(/\s+/g, ' ')];
  return letters.length <= LONGEST_SHOWN ? letters.join('') : `${letters.slice(0, LONGEST_SHOWN).join('')}…`;
}
