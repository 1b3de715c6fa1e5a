import { type Kept, RESTRICTION_GROUNDS, type RightDecision, type StoredRequest } from '@kept/core';
import type { Args, Command } from '../command.ts';
import { readInput } from '../inputs.ts';
import type { Io } from '../io.ts';
import { oneOf } from '../readings.ts';
import { requestStep } from '../requestStep.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

export const requestDecide: Command = requestStep({
  name: 'decide',
  usage: '(--outcome O [--reason TEXT] [--article ARTICLE] | --decision FILE) --by EMAIL',
  about: [
    'A complaint or an appeal is upheld or rejected with a reason; what shows somebody is taken down with an article.',
    'Corrections, balances of an objection and faces to cover stand in a file, as JSON: {"corrections":[{"collection",',
    '"field","value"}]}, {"balances":[{"purpose","outcome","interests","reasons","article"}]}, {"outcome":"blur","article","faces"}.',
  ],
  options: {
    outcome: { type: 'string', value: 'O', help: 'upheld or rejected; takedown of what shows somebody' },
    reason: { type: 'string', value: 'TEXT', help: 'why, in words that the person will read' },
    article: {
      type: 'string',
      value: 'ARTICLE',
      help: 'what entitles whoever is shown, such as "Article 17(1)(d) GDPR"',
    },
    decision: { type: 'string', value: 'FILE', help: 'the decision as JSON; - for standard input' },
  },
  settles: 'decide',
  needs: [],
  async take(kept, request, by, args, io) {
    return kept.requests.decide(request._id, by._id, await decisionIn(args, io, request));
  },
});

/** What is wrong in a decision, the engine says: here it is only told which request it is about. */
async function decisionIn(args: Args, io: Io, { right, report }: StoredRequest): Promise<RightDecision> {
  const file = args.text('decision');
  const said = file === undefined ? outcomeIn(args) : parsed(await readInput(file, io), file);
  return { ...said, right, ...(report && { report }) } as unknown as RightDecision;
}

function outcomeIn(args: Args): object {
  const [reason, article] = [args.text('reason'), args.text('article')];
  return { outcome: args.need('outcome'), ...(reason && { reason }), ...(article && { article }) };
}

function parsed(bytes: Uint8Array, file: string): object {
  const wrong = (): WrongQuestion =>
    new WrongQuestion('That is no decision', file, 'write one JSON object; kept request decide --help shows which');
  try {
    const read: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  } catch {
    throw wrong();
  }
  throw wrong();
}

export const requestLift: Command = requestStep({
  name: 'lift',
  usage: '[--ground G] [--told TEXT] --by EMAIL',
  about: ['ID is any request of the person. They are told first: the restriction ends once that letter was sent.'],
  options: {
    ground: { type: 'string', value: 'G', help: `where several stand: ${RESTRICTION_GROUNDS.join(', ')}` },
    told: { type: 'string', value: 'TEXT', help: 'how they were told, where no address of theirs is known' },
  },
  settles: 'lift',
  needs: [],
  async take(kept, request, by, args) {
    const hold = await restrictionOf(kept, request, args.text('ground'), '--ground');
    await kept.restrictions.lift(hold, by._id, args.text('told'));
    return request;
  },
});

/** The restriction that stands for the person of a request, of several that on the ground named. Throws WrongQuestion. */
export async function restrictionOf(
  kept: Kept,
  request: StoredRequest,
  given: string | undefined,
  option: string,
): Promise<string> {
  const ground = given === undefined ? undefined : await oneOf(given, RESTRICTION_GROUNDS, 'ground', option);
  const subject = 'subject' in request ? request.subject : undefined;
  const all = subject === undefined ? [] : await kept.restrictions.history(subject);
  const standing = all.filter((each) => !each.until && !each.lifting && (!ground || each.ground === ground));
  const [one, another] = standing;
  if (!one) throw new WrongQuestion('No such restriction stands', 'ID', 'kept request show ID says which do');
  if (another) {
    const grounds = standing.map((each) => each.ground).join(' or ');
    throw new WrongQuestion('Several restrictions stand', option, `write ${option} ${grounds}`);
  }
  return one._id;
}
