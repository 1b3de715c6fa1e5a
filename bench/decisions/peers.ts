import { createMongoAbility, subject } from '@casl/ability';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { newEnforcer, newModelFromString } from 'casbin';
import jsonLogic from 'json-logic-js';
import { Engine } from 'json-rules-engine';
import { type Allowance, type QuestionSet, TRAITS } from './questionSet.ts';

/** Another engine under the same rules. `ask` answers question `q` about person `p`. */
export interface Peer {
  readonly name: string;
  ask(q: number, p: number): boolean | Promise<boolean>;
  /** How many questions it is given in a round: slow ones get fewer. */
  readonly share: number;
}

type Peers = (set: QuestionSet) => Peer | Promise<Peer>;

const keyOf = ({ purpose, category }: Pick<Allowance, 'purpose' | 'category'>): string => `${purpose} ${category}`;

/** As its documentation models it: an action on a kind of record, and what else matters as conditions on the record. */
const casl: Peers = (set) =>
  caslOf(set, 'purpose as a condition', ({ purpose, category }) => ({
    action: 'use',
    subject: category,
    conditions: { purpose },
  }));

/** Turned round until it is fastest: each purpose is an action, so that its index finds the few rules that matter. */
const caslByPurpose: Peers = (set) =>
  caslOf(set, 'purpose as the action', ({ purpose, category }) => ({
    action: purpose,
    subject: category,
    conditions: {},
  }));

function caslOf(
  { questions, people, allowances }: QuestionSet,
  how: string,
  asks: (one: Pick<Allowance, 'purpose' | 'category'>) => { action: string; subject: string; conditions: object },
): Peer {
  const ability = createMongoAbility([
    ...allowances.map((one) => {
      const { conditions, ...rest } = asks(one);
      const needed = Object.fromEntries(one.needs.map((trait) => [trait, true]));
      return { ...rest, conditions: { ...conditions, ...needed } };
    }),
    ...allowances.flatMap((one) =>
      one.stopsAt.map((trait) => {
        const { conditions, ...rest } = asks(one);
        return { ...rest, conditions: { ...conditions, [trait]: true }, inverted: true, reason: trait };
      }),
    ),
  ]);
  const actions = questions.map((question) => asks(question).action);
  const records = people.map(
    ({ traits }) => new Map(questions.map(({ category }) => [category, subject(category, { purpose: '', ...traits })])),
  );
  return {
    name: `@casl/ability, ${how}`,
    share: 1,
    ask(q, p) {
      const [action, question] = [actions[q], questions[q]];
      const record = question && records[p]?.get(question.category);
      if (action === undefined || record === undefined) throw new Error('outside the set');
      record.purpose = question?.purpose ?? '';
      const rule = ability.relevantRuleFor(action, record);
      return rule !== null && !rule.inverted;
    },
  };
}

const jsonLogicJs: Peers = ({ questions, people, allowances }) => {
  const rules = new Map(
    allowances.map((one) => [
      keyOf(one),
      {
        and: [
          ...one.needs.map((trait) => ({ '===': [{ var: trait }, true] })),
          ...one.stopsAt.map((trait) => ({ '!': { var: trait } })),
          true,
        ],
      },
    ]),
  );
  return {
    name: 'json-logic-js',
    share: 1,
    ask(q, p) {
      const question = questions[q];
      const rule = question && rules.get(keyOf(question));
      return rule !== undefined && jsonLogic.apply(rule as never, people[p]?.traits) === true;
    },
  };
};

/** The register is a fact: one policy, and a matcher that looks the pair up. */
const casbin: Peers = async ({ questions, people, allowances }) => {
  const model = newModelFromString(
    '[request_definition]\nr = who, purpose, category\n[policy_definition]\np = any\n[policy_effect]\ne = some(where (p.eft == allow))\n[matchers]\nm = allowed(r.who, r.purpose, r.category)\n',
  );
  const enforcer = await newEnforcer(model);
  await enforcer.addPolicy('yes');
  const known = new Map(allowances.map((one) => [keyOf(one), one]));
  await enforcer.addFunction('allowed', (...[who, purpose, category]: unknown[]) =>
    holds(known.get(`${purpose} ${category}`), who as never),
  );
  return {
    name: 'casbin, register as a fact',
    share: 0.5,
    ask: (q, p) => enforcer.enforceSync(people[p]?.traits, questions[q]?.purpose, questions[q]?.category),
  };
};

const jsonRulesEngine: Peers = ({ questions, people, allowances }) => {
  const known = new Map(allowances.map((one) => [keyOf(one), one]));
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addFact('allowed', async (_, almanac) => {
    const [key, who] = await Promise.all([almanac.factValue<string>('key'), almanac.factValue<never>('who')]);
    return holds(known.get(key), who);
  });
  engine.addRule({
    conditions: { all: [{ fact: 'allowed', operator: 'equal', value: true }] },
    event: { type: 'permitted' },
  });
  const keys = questions.map(keyOf);
  return {
    name: 'json-rules-engine, register as a fact',
    share: 0.02,
    async ask(q, p) {
      const { events } = await engine.run({ key: keys[q], who: people[p]?.traits });
      return events.length > 0;
    },
  };
};

const cedarWasm: Peers = ({ questions, people, allowances }) => {
  cedar.preparsePolicySet('bench', {
    staticPolicies:
      'permit (principal, action, resource) when { context.known && context.traits.containsAll(context.needed) } ' +
      'unless { context.traits.containsAny(context.stops) };',
  });
  const known = new Map(allowances.map((one) => [keyOf(one), one]));
  const traits = people.map((one) => TRAITS.filter((trait) => one.traits[trait]));
  return {
    name: 'cedar-wasm, preparsed, register as a fact',
    share: 0.02,
    ask(q, p) {
      const question = questions[q];
      const one = question && known.get(keyOf(question));
      const answer = cedar.statefulIsAuthorized({
        principal: { type: 'Person', id: String(p) },
        action: { type: 'Action', id: question?.purpose ?? '' },
        resource: { type: 'Category', id: question?.category ?? '' },
        context: {
          known: one !== undefined,
          traits: traits[p] ?? [],
          needed: [...(one?.needs ?? [])],
          stops: [...(one?.stopsAt ?? [])],
        },
        preparsedPolicySetId: 'bench',
        entities: [],
      });
      if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
      return answer.response.decision === 'allow';
    },
  };
};

function holds(one: Allowance | undefined, who: Readonly<Record<string, boolean>>): boolean {
  if (one === undefined) return false;
  return one.needs.every((trait) => who[trait]) && !one.stopsAt.some((trait) => who[trait]);
}

export const peers: readonly Peers[] = [casl, caslByPurpose, jsonLogicJs, casbin, jsonRulesEngine, cedarWasm];
