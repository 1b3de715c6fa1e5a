import { decide, type Facts, loadPack, type Policy, type Question } from '@kept/core';

export const NOW: Date = new Date('2026-03-03T08:00:00Z');

const PEOPLE = 1_000;

/** What is known of somebody, as every engine gets it. */
export const TRAITS = [
  'training',
  'provider-training',
  'analytics-cookies',
  'objected',
  'restricted',
  'minor',
] as const;
export type Trait = (typeof TRAITS)[number];
export type Traits = Readonly<Record<Trait, boolean>>;

/** A pair of words that the policy lets pass, and what of a person it depends on. */
export interface Allowance {
  readonly purpose: string;
  readonly category: string;
  readonly needs: readonly Trait[];
  readonly stopsAt: readonly Trait[];
}

export interface QuestionSet {
  readonly policy: Policy;
  readonly questions: readonly (Question & { readonly purpose: string; readonly category: string })[];
  readonly people: readonly { readonly traits: Traits; readonly facts: Facts }[];
  /** The same rules for those engines that read no policy. */
  readonly allowances: readonly Allowance[];
}

/** Each purpose of a pack for each of its categories, asked about a thousand people who differ. */
export async function questionSet(): Promise<QuestionSet> {
  const policy = await loadPack('sdance-ai');
  const questions = policy.purposes.flatMap((purpose) =>
    policy.categories.map((category) => ({ purpose: purpose.name, category: category.name })),
  );
  let state = 20260303;
  const bit = (): boolean => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state > 1_073_741_824;
  };
  const people = Array.from({ length: PEOPLE }, () => {
    const traits = Object.fromEntries(TRAITS.map((trait) => [trait, bit()])) as Traits;
    return { traits, facts: factsOf(traits) };
  });
  const allowances = questions.flatMap((question) => allowanceOf(policy, question) ?? []);
  return { policy, questions, people, allowances };
}

function factsOf(traits: Traits): Facts {
  const at = new Date(NOW.getTime() - 86_400_000);
  const flags = ['training', 'provider-training', 'analytics-cookies'] as const;
  return {
    consents: flags.filter((flag) => traits[flag]).map((flag) => ({ flag, what: 'given', at })),
    objections: traits.objected ? [{ purpose: 'improvement', at: NOW }] : [],
    restricted: traits.restricted,
    held: false,
    age: traits.minor ? 9 : 30,
  };
}

/** Found by asking: what turns the best case into a no. */
function allowanceOf(policy: Policy, { purpose, category }: Question): Allowance | undefined {
  const given: Trait[] = ['training', 'provider-training', 'analytics-cookies'];
  const asked = (yes: readonly Trait[]): boolean => {
    const traits = Object.fromEntries(TRAITS.map((trait) => [trait, yes.includes(trait)])) as Traits;
    return decide(policy, factsOf(traits), { purpose, category }, NOW).outcome === 'permitted';
  };
  if (!asked(given)) return undefined;
  return {
    purpose,
    category,
    needs: given.filter((flag) => !asked(given.filter((one) => one !== flag))),
    stopsAt: (['objected', 'restricted', 'minor'] as const).filter((trait) => !asked([...given, trait])),
  };
}

/** The policy with as many times the rules, none of which the questions are about. */
export function grown(policy: Policy, times: number): Policy {
  const more = Array.from({ length: times - 1 }, (_, n) => `x${n}.`);
  const again = <T extends { readonly name: string }>(list: readonly T[]): T[] => [
    ...list,
    ...more.flatMap((prefix) => list.map((one) => ({ ...one, name: `${prefix}${one.name}` }))),
  ];
  return {
    ...policy,
    purposes: again(policy.purposes),
    recipients: again(policy.recipients),
    never: [
      ...policy.never,
      ...more.flatMap((prefix) =>
        policy.never.map((one) => ({
          ...one,
          name: `${prefix}${one.name}`,
          purposes: one.purposes.map((word) => `${prefix}${word}`),
          categories: one.categories.map((word) => `${prefix}${word}`),
          recipientKinds: [],
          unlisted: [],
        })),
      ),
    ],
    consents: [
      ...policy.consents,
      ...more.flatMap((prefix) =>
        policy.consents.map((one) => ({
          ...one,
          flag: `${prefix}${one.flag}`,
          gates: { ...one.gates, purposes: one.gates.purposes.map((word) => `${prefix}${word}`) },
        })),
      ),
    ],
    vocabulary: { ...policy.vocabulary, purposes: again(policy.vocabulary.purposes) },
  };
}
