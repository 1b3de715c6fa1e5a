import { copiesOf } from '../../../kernel/rectification/copiesOf.ts';
import type { CorrectedValue } from '../../../kernel/request/asks.ts';
import type { PlannedCorrection } from '../../../kernel/request/rectificationDecision.ts';
import { event, fresh, update } from '../../aggregate.ts';
import { tellRecipients } from '../../notifications/tellRecipients.ts';
import type { Identifier, StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { Beat, RunningRequest } from '../executor.ts';
import { isAddressOfAccount } from './newAddress.ts';

/** Records that are corrected between two renewals of the lease. */
const ROUND = 1_000;

/**
 * Puts the right value wherever the wrong one stands, in what was written since the decision too; what is right already is not
 * found again, so that an interrupted run goes on by looking. Answers what was done, and what could not be.
 */
export async function correctAll(
  world: World,
  request: RunningRequest,
  corrections: readonly PlannedCorrection[],
  beat: Beat,
): Promise<{ readonly done: readonly PlannedCorrection[]; readonly missing: readonly string[] }> {
  const confirmed = request.newAddress?.confirmedAt !== undefined;
  const possible = corrections.filter((each) => confirmed || !isAddressOfAccount(world.policy, each));
  for (const each of possible) await correctCopies(world, request.subject, each, beat);
  if (confirmed) await keepNewAddress(world, request, possible);

  const now = world.clock.now();
  await beat();
  await tellRecipients(
    world,
    {
      request: request._id,
      subject: request.subject,
      what: 'rectification',
      categories: possible.map(({ category }) => category),
      corrections: possible.map(({ category, value }) => ({ category, value: String(value) })),
    },
    now,
  );

  const done: PlannedCorrection[] = [];
  for (const each of possible) if (await stands(world, request.subject, each)) done.push(each);
  await takeDown(world, request, done, now);
  const missing = [
    ...(possible.length < corrections.length ? [UNCONFIRMED] : []),
    ...(done.length < possible.length ? [CHANGED] : []),
  ];
  return { done, missing };
}

const UNCONFIRMED = 'The new address was not confirmed by the link that we sent there. The old one stays.';
const CHANGED = 'A record has changed or gone meanwhile, so that nothing was corrected in it.';

async function correctCopies(world: World, subject: string, planned: PlannedCorrection, beat: Beat): Promise<void> {
  const { collection, field, record, only, before = null, value: to } = planned;
  const here = { collection, field, ...(record !== undefined && { record }) };
  for (const at of only || before === null ? [here] : copiesOf(world.policy, planned)) {
    for (let changed = ROUND; changed > 0; ) {
      await beat();
      const change = { ...at, from: before, to: to as CorrectedValue, limit: ROUND };
      changed = await world.data.correct(subject, change);
    }
  }
}

async function stands(world: World, subject: string, planned: PlannedCorrection): Promise<boolean> {
  const { collection, field, record, value } = planned;
  const at = { collection, field, ...(record !== undefined && { record }) };
  return (await world.data.countHolding(subject, at, value as CorrectedValue)) > 0;
}

/** The addresses that Kept has of somebody: the old one was theirs until now. */
async function keepNewAddress(
  world: World,
  { subject, newAddress }: RunningRequest,
  corrections: readonly PlannedCorrection[],
): Promise<void> {
  const now = world.clock.now();
  const identifiers = world.records.collection<Identifier>('identifiers');
  const old = corrections.filter((each) => isAddressOfAccount(world.policy, each)).map(({ before }) => String(before));
  const known = await identifiers.find({ service: world.service, subject });
  for (const { _id, value, until } of known)
    if (!until && old.some((address) => address.toLowerCase() === value.toLowerCase()))
      await update<Identifier>(world, 'identifiers', _id, (each) => ({ document: { ...each, until: now } }));
  if (!newAddress?.confirmedAt) return;
  const value = newAddress.address.toLowerCase();
  const mark = world.crypto.sha256([world.service, 'email', value, subject].join('\n')).slice(0, 24);
  const document = { ...fresh(world, `identifier-${mark}`), subject, kind: 'email' as const, value };
  await identifiers.insert({ ...document, verifiedAt: newAddress.confirmedAt });
}

/** Before and after, once. */
async function takeDown(
  world: World,
  { _id }: RunningRequest,
  corrections: readonly PlannedCorrection[],
  now: Date,
): Promise<void> {
  await update<StoredRequest>(world, 'requests', _id, (request) =>
    request.correctedAt
      ? undefined
      : {
          document: { ...request, correctedAt: now },
          events: corrections.map(({ collection, field, before = null, value, places }) =>
            event(world, 'DataCorrected', now, { collection, field, before, after: value, places }),
          ),
        },
  );
}
