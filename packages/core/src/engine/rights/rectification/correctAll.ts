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
 * found again, so that an interrupted run goes on by looking. Answers each with the places where the right value stands now, none
 * where it does not, and what could not be done.
 */
export async function correctAll(
  world: World,
  request: RunningRequest,
  corrections: readonly PlannedCorrection[],
  beat: Beat,
): Promise<{ readonly corrections: readonly PlannedCorrection[]; readonly missing: readonly string[] }> {
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

  const looked: PlannedCorrection[] = [];
  for (const each of corrections) {
    looked.push({ ...each, places: possible.includes(each) ? await readBack(world, request.subject, each) : [] });
  }
  const done = looked.filter(({ places }) => places.length > 0);
  await takeDown(world, request, done, now);
  const missing = [
    ...(possible.length < corrections.length ? [UNCONFIRMED] : []),
    ...(done.length < possible.length ? [CHANGED] : []),
  ];
  return { corrections: looked, missing };
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

/** Where the right value stands now, and in how many records; nowhere, where it does not stand in the very place. */
async function readBack(
  { data }: World,
  subject: string,
  { collection, field, record, only, before = null, value, places }: PlannedCorrection,
): Promise<PlannedCorrection['places']> {
  const right = value as CorrectedValue;
  const here = { collection, field, ...(record !== undefined && { record }) };
  if ((await data.countHolding(subject, here, right)) === 0) return [];
  const looked = [];
  for (const place of places) {
    const at = only || before === null ? here : { collection: place.collection, field: place.field };
    looked.push({ ...place, standing: await data.countHolding(subject, at, right) });
  }
  return looked;
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
