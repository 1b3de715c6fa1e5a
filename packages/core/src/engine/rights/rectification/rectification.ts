import { categoryLabel } from '../../../kernel/policy/categoryLabel.ts';
import { categoryAt } from '../../../kernel/rectification/copiesOf.ts';
import type { PlannedCorrection, RectificationDecision } from '../../../kernel/request/rectificationDecision.ts';
import { recipientsTold } from '../../notifications/recipientsTold.ts';
import type { StoredRequest } from '../../stored.ts';
import { answerFrame } from '../answerFrame.ts';
import type { Executor } from '../executor.ts';
import { correctAll } from './correctAll.ts';
import { waitsForNewAddress } from './newAddress.ts';
import { weighCorrections } from './weighCorrections.ts';

/** Rectification (Art 16 GDPR): every copy of a value, and whoever got the old one is told. */
export const rectification: Executor = {
  weigh: weighCorrections,
  waits: waitsForNewAddress,

  async run(world, request, beat) {
    const decision = decisionOf(request);
    const missing = await correctAll(world, request, decision.corrections as readonly PlannedCorrection[], beat);
    // The evidence has the values, where they can be scrubbed; the case needs them no longer.
    const corrections = decision.corrections.map((each) => withoutValues(each as PlannedCorrection));
    return { missing, also: { decision: { ...decision, corrections }, asks: undefined, newAddress: undefined } };
  },

  async answer(world, request) {
    const { corrections, statements = [] } = decisionOf(request);
    const told = await recipientsTold(world, request._id);
    const labelOf = (category: string): string => categoryLabel(world.policy, [category]);
    const frame = await answerFrame(world, request);
    return {
      letter: 'rights-corrected',
      model: {
        ...frame,
        corrected: (corrections as readonly PlannedCorrection[]).map(({ category, places }) => ({
          label: labelOf(category),
          records: places.reduce((sum, { records }) => sum + records, 0),
        })),
        noted: statements.map((each) => labelOf(categoryAt(world.policy, each))),
        missing: request.status === 'partly-fulfilled' ? request.missing : [],
        recipientsTold: told.map(({ label }) => label),
      },
    };
  },
};

function decisionOf(request: StoredRequest): RectificationDecision {
  const decision = 'decision' in request ? request.decision : undefined;
  if (decision?.right === 'rectification') return decision;
  throw new RangeError('The correction was not decided');
}

function withoutValues({ value: _, before: _before, ...correction }: PlannedCorrection): PlannedCorrection {
  return correction;
}
