import {
  CLOCK_KINDS,
  type ClockEvents,
  deadlines,
  loadCalendar,
  loadRegime,
  type Policy,
  RIGHTS,
  type Right,
  regimeIds,
} from '@kept/core';
import { ANSWERED, type Args, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { answer, columns, paint, plural } from '../output.ts';
import { packAt } from '../packAt.ts';
import { instantIn, oneOf } from '../readings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

const ROWS = {
  nominal: 'the period as it is counted',
  due: 'answer by, rolled where the regime rolls',
  earliest: 'the date that nobody can call late',
  extendedDue: 'answer by, with an extension',
  extensionNoticeBy: 'tell of an extension by',
  ifPaused: 'defensible, with the open questions taken out',
  promiseDue: 'what the notice promises',
} as const;

type Pause = NonNullable<ClockEvents['pauses']>[number];

/** What a rule says of itself where the law behind it was not read. */
const UNREAD = '(unverified)';

export const deadline: Command = {
  name: 'deadline',
  usage: '--regime R --received T [--zone Z] [--pack DIR] [--right access] [--pause scope|identity:FROM..TO]…',
  about: [
    'Days are counted in --zone; without it in the zone of the pack, and without a pack in UTC.',
    'Without --calendar the public holidays are those that the regime names; give the country of the controller.',
    'A bare date of receipt, such as 2026-03-31, is that day in the zone.',
    'A question of scope without --right is one on a request for access: no law that was read lets it stop another.',
  ],
  takes: [0, 0],
  options: {
    regime: { type: 'string', value: 'R', help: 'the law, such as eu-gdpr' },
    received: { type: 'string', value: 'T', help: 'when the request came: 2026-03-31 or 2026-03-31T07:30:00Z' },
    zone: { type: 'string', value: 'Z', help: 'IANA zone of the controller, such as Europe/Berlin' },
    calendar: { type: 'string', value: 'C', help: 'public holidays, such as DE or US-CA' },
    pack: { type: 'string', value: 'DIR', help: 'the policy whose promise counts beside the law' },
    right: { type: 'string', value: 'access', help: 'the right that was asked for' },
    kind: { type: 'string', value: CLOCK_KINDS.join('|'), help: 'respond where absent' },
    'identity-received': { type: 'string', value: 'D', help: 'when the identity information asked for arrived' },
    pause: { type: 'string', value: 'scope|identity:FROM..TO', multiple: true, help: 'a question that was open' },
    'fee-paid': { type: 'string', value: 'D', help: 'when a fee that was charged arrived' },
    'extended-on': { type: 'string', value: 'D', help: 'when the person was told of an extension' },
  },
  async run(args, io) {
    const regime = await regimeNamed(args.need('regime'));
    const received = args.need('received');
    const dir = args.text('pack');
    const policy = dir === undefined ? undefined : await packAt(dir, io);
    const pauses = args.texts('pause').map(pauseOf);
    const right = (await rightNamed(args.text('right'))) ?? rightAskedOf(pauses);
    const zone = args.text('zone') ?? policy?.controller.zone ?? 'UTC';
    const calendar = await loadCalendar(args.text('calendar') ?? regime.calendar);

    const events = { ...(await eventsOf(args, received, zone)), ...(right && { right }), pauses };
    const { extendedEarliest, ...clock } = deadlines(regime, promisesOf(policy, right), events, calendar);

    answer(io, args, clock, () => {
      const rows = Object.entries(ROWS).map(([key, says]) => [clock[key as keyof typeof ROWS] ?? '-', key, says]);
      return `${columns(rows)}${paint(io, 'strong', 'Rules')}\n${rulesFor(io, clock.rules)}`;
    });
    return ANSWERED;
  },
};

/** One rule a line; whether the text behind it was read is told apart. */
function rulesFor(io: Io, rules: readonly string[]): string {
  const lines = rules.map((rule) => {
    const line = columns([[`  ${rule}`]]);
    return rule.includes(UNREAD) ? paint(io, 'doubtful', line) : line;
  });
  const unread = rules.filter((rule) => rule.includes(UNREAD)).length;
  if (unread > 0)
    lines.push(
      `${plural(unread, 'rule rests', 'rules rest')} on a text that was not read: check before relying on it.\n`,
    );
  return lines.join('');
}

async function regimeNamed(id: string): ReturnType<typeof loadRegime> {
  return loadRegime(await oneOf(id, await regimeIds(), 'regime', '--regime'));
}

async function rightNamed(text: string | undefined): Promise<Right | undefined> {
  return text === undefined ? undefined : oneOf(text, RIGHTS, 'right', '--right');
}

/** As the engine promises: the right's own period, and that of every message where it has none. */
function promisesOf(
  policy: Policy | undefined,
  right: Right | undefined,
): { respondWithin?: string | undefined; clause?: string } {
  if (policy === undefined) return {};
  const { respondWithin, clause } = policy.rights.find((rule) => rule.right === right) ?? policy.contact;
  return { respondWithin, clause };
}

async function eventsOf(args: Args, received: string, zone: string): Promise<ClockEvents> {
  const kind = args.text('kind');
  const identityReceived = args.text('identity-received');
  const feePaid = args.text('fee-paid');
  const extendedOn = args.text('extended-on');
  return {
    receivedAt: instantIn(received, zone, '--received'),
    zone,
    ...(kind && { kind: await oneOf(kind, CLOCK_KINDS, 'kind of deadline', '--kind') }),
    ...(identityReceived && { identityReceived }),
    ...(feePaid && { feePaid }),
    ...(extendedOn && { extendedOn }),
  };
}

/** What a person was asked to narrow down is a request for access, the only one that a question of scope can stop. */
function rightAskedOf(pauses: readonly Pause[]): Right | undefined {
  return pauses.some(({ kind }) => kind === 'scope') ? 'access' : undefined;
}

function pauseOf(text: string): Pause {
  const [, kind, from, to] = /^(scope|identity):(.+)\.\.(.+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return { kind: kind as 'scope' | 'identity', from, to };
  throw new WrongQuestion(
    `"${text}" is no pause`,
    '--pause',
    'write scope:2026-03-10..2026-03-14 or identity:FROM..TO',
  );
}
