import {
  type Decision,
  decide as decideBy,
  definedWords,
  type Facts,
  type Policy,
  type Question,
  systemClock,
} from '@kept/core';
import { ANSWERED, type Args, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { answer, columns, paint, type Tone } from '../output.ts';
import { packAt } from '../packAt.ts';
import { beginningIn, instantIn, oneOf, residenceOf, wholeNumber } from '../readings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

const TONES: Readonly<Record<Decision['outcome'], Tone>> = {
  permitted: 'good',
  forbidden: 'bad',
  undetermined: 'doubtful',
};

export const decide: Command = {
  name: 'decide',
  usage: 'DIR --purpose U --category C [--recipient R] [--consent FLAG=given@DATE]…',
  about: [
    'DIR is a folder with policy.yaml and inventory.yaml, or the name of a pack.',
    'A date is a day in the zone of the policy: consent holds from its first moment, --now stands for its evening.',
    'Every outcome is an answer: permitted, forbidden and undetermined all exit with 0.',
  ],
  takes: [1, 1],
  options: {
    purpose: { type: 'string', value: 'U', help: 'what it is for, such as training' },
    category: { type: 'string', value: 'C', help: 'what data, such as generation.output' },
    recipient: { type: 'string', value: 'R', help: 'who would receive it' },
    country: { type: 'string', value: 'DE', help: 'where the person lives: DE, or US-CA with the state' },
    age: { type: 'string', value: 'N', help: 'age of the person in years' },
    consent: { type: 'string', value: 'FLAG=given@DATE|withdrawn@DATE', multiple: true, help: 'what the person said' },
    objection: { type: 'string', value: 'U', multiple: true, help: 'a purpose that the person objected to' },
    restricted: { type: 'boolean', help: 'processing is restricted (Art 18 GDPR)' },
    hold: { type: 'boolean', help: 'a legal hold is in force' },
    viewer: { type: 'string', value: 'owner|public|link|staff:PURPOSE', help: 'who would look at it' },
    group: { type: 'string', value: 'N', help: 'how many people the answer is about, where it is about a group' },
    generation: { type: 'string', value: 'ID', help: 'the generation that was asked for' },
    reference: { type: 'string', value: 'REF', help: 'reference of the legal process that asks' },
    now: { type: 'string', value: 'T', help: 'the instant of the question; now where absent' },
  },
  async run(args, io) {
    const purpose = args.need('purpose');
    const category = args.need('category');
    const policy = await packAt(args.positionals[0] ?? '', io);
    const now = momentOf(args, io, policy);

    const recipient = args.text('recipient');
    const viewer = await viewerOf(args.text('viewer'), policy);
    const group = args.text('group');
    const generation = args.text('generation');
    const reference = args.text('reference');
    const question: Question = {
      purpose,
      category,
      ...(recipient && { recipient }),
      ...(viewer && { viewer }),
      ...(group !== undefined && { group: wholeNumber(group, '--group', 1, 1_000_000_000) }),
      ...(generation && { generation }),
      ...(reference && { reference }),
    };
    const { outcome, because, missing, terms } = decideBy(policy, await factsOf(args, policy, now), question, now);

    answer(io, args, { outcome, because, missing, terms }, () =>
      [
        `${paint(io, TONES[outcome], outcome)}\n`,
        columns(because.map(({ rule, clause, text }) => [`  ${rule}`, clause, text])),
        columns(missing.map((fact) => ['  missing:', fact])),
        columns(terms.map((term) => ['  on condition:', term])),
      ].join(''),
    );
    return ANSWERED;
  },
};

function momentOf(args: Args, io: Io, policy: Policy): Date {
  const now = args.text('now');
  return now === undefined ? (io.clock ?? systemClock).now() : instantIn(now, policy.controller.zone, '--now');
}

async function factsOf(args: Args, policy: Policy, now: Date): Promise<Facts> {
  const { purposes } = definedWords(policy.vocabulary);
  const country = args.text('country');
  const age = args.text('age');
  const objections = await Promise.all(
    args.texts('objection').map((one) => oneOf(one, purposes, 'purpose', '--objection')),
  );
  return {
    ...(country !== undefined && { country: residenceOf(country, '--country') }),
    ...(age !== undefined && { age: wholeNumber(age, '--age', 0, 150) }),
    consents: await Promise.all(args.texts('consent').map((one) => consentOf(one, policy))),
    objections: objections.map((one) => ({ purpose: one, at: now })),
    restricted: args.flag('restricted'),
    held: args.flag('hold'),
  };
}

async function consentOf(text: string, policy: Policy): Promise<Facts['consents'][number]> {
  const [, flag, what, date] = /^([^=]+)=(given|withdrawn)@(.+)$/.exec(text) ?? [];
  if (flag === undefined || date === undefined) {
    throw new WrongQuestion(
      `"${text}" is no consent`,
      '--consent',
      'write FLAG=given@2026-03-31 or FLAG=withdrawn@2026-03-31',
    );
  }
  const flags = policy.consents.map((consent) => consent.flag);
  return {
    flag: await oneOf(flag, flags, 'consent flag', '--consent'),
    what: what as 'given' | 'withdrawn',
    at: beginningIn(date, policy.controller.zone, '--consent'),
  };
}

async function viewerOf(text: string | undefined, policy: Policy): Promise<Question['viewer']> {
  if (text === undefined) return undefined;
  if (!text.startsWith('staff:')) return oneOf(text, ['owner', 'public', 'link'] as const, 'viewer', '--viewer');
  const { purposes } = definedWords(policy.vocabulary);
  return `staff:${await oneOf(text.slice('staff:'.length), purposes, 'purpose', '--viewer')}`;
}
