import { categoryLabel } from '../../../kernel/policy/categoryLabel.ts';
import { categoryAt } from '../../../kernel/rectification/copiesOf.ts';
import type { PlannedCorrection, RectificationDecision } from '../../../kernel/request/rectificationDecision.ts';
import { toldLines } from '../../notifications/toldLines.ts';
import type { StoredRequest } from '../../stored.ts';
import { answerFrame } from '../answerFrame.ts';
import type { Ended, Executor } from '../executor.ts';
import { correctAll } from './correctAll.ts';
import { waitsForNewAddress } from './newAddress.ts';
import { weighCorrections } from './weighCorrections.ts';

/** Rectification (Art 16 GDPR): every copy of a value, and whoever got the old one is told. */
export const rectification: Executor = {
  weigh: weighCorrections,
  waits: waitsForNewAddress,

  async run(world, request, beat) {
    const decision = decisionOf(request);
    const planned = decision.corrections as readonly PlannedCorrection[];
    const { corrections, missing } = await correctAll(world, request, planned, beat);
    return { missing, also: { ...withoutValues({ ...decision, corrections }), asks: undefined } };
  },

  /** What was asked stays with a refusal: who appeals against it asks for just that. */
  dropped(_world, request, by) {
    const decision = 'decision' in request ? (request.decision as RectificationDecision | undefined) : undefined;
    return { ...(decision && withoutValues(decision)), ...(by === 'Withdraw' && { asks: undefined }) };
  },

  /** By the count that was taken at the end of the run: the values are not kept, so that nobody can look for them again. */
  async claims(_world, request) {
    const { corrections, statements = [] } = decisionOf(request);
    const planned = (corrections as readonly PlannedCorrection[]).flatMap(({ category, places }) =>
      places.map(({ collection, field, standing = 0 }) => ({ category, collection, field, records: standing })),
    );
    const places = planned.filter(({ records }) => records > 0);
    const noted = statements.map(({ collection, field }) => ({ collection, field }));
    return {
      claims: [
        ...(places.length > 0 ? [{ what: 'corrected', places } as const] : []),
        ...(noted.length > 0 ? [{ what: 'noted', places: noted } as const] : []),
      ],
      notClaimed: planned
        .filter(({ records }) => records === 0)
        .map(({ collection, field }) => `That ${collection}.${field} is corrected: it was changed meanwhile.`),
    };
  },

  async answer(world, request) {
    const { corrections, statements = [] } = decisionOf(request);
    const told = await toldLines(world, request._id);
    const labelOf = (category: string): string => categoryLabel(world.policy, [category]);
    const frame = await answerFrame(world, request);
    return {
      letter: 'rights-corrected',
      model: {
        ...frame,
        corrected: (corrections as readonly PlannedCorrection[])
          .filter(({ places }) => places.length > 0)
          .map(({ category, places }) => ({
            label: labelOf(category),
            records: places.reduce((sum, { records }) => sum + records, 0),
          })),
        noted: statements.map((each) => labelOf(categoryAt(world.policy, each))),
        missing: request.status === 'partly-fulfilled' ? request.missing : [],
        recipientsTold: told.map(({ name }) => name),
      },
    };
  },
};

function decisionOf(request: StoredRequest): RectificationDecision {
  const decision = 'decision' in request ? request.decision : undefined;
  if (decision?.right === 'rectification') return decision;
  throw new RangeError('The correction was not decided');
}

/** The evidence has the values, where they can be scrubbed; the case needs them no longer, nor the address that was asked. */
function withoutValues(decision: RectificationDecision): Ended['also'] {
  const planned = decision.corrections as readonly PlannedCorrection[];
  const corrections = planned.map(({ value: _, before: _before, ...correction }) => correction);
  return { decision: { ...decision, corrections }, newAddress: undefined };
}
