import type { Policy } from '../../../kernel/policy/policy.ts';
import type { PlannedCorrection, RectificationDecision } from '../../../kernel/request/rectificationDecision.ts';
import { event, update } from '../../aggregate.ts';
import { dayOf, letterFrame } from '../../outbox/letterFrame.ts';
import { queueLetter } from '../../outbox/queueLetter.ts';
import { HIDDEN_LINK } from '../../outbox/withRealLink.ts';
import { LINK_DAYS } from '../../requests/confirmation.ts';
import { challengeOf } from '../../requests/confirmNewAddress.ts';
import { invalid } from '../../requests/demandCorrection.ts';
import type { StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';

const DAY_MS = 86_400_000;

/** Whether letters of the account go to what stands there: then its owner has to say that it is theirs. */
export function isAddressOfAccount({ inventory }: Policy, at: { collection: string; field: string }): boolean {
  return inventory.collections.some(
    ({ name, subject }) => name === at.collection && subject.by === 'self' && subject.addresses.includes(at.field),
  );
}

/** At most one new address at a time, and none at which somebody else has an account. Throws CORRECTION_INVALID. */
export async function demandNewAddress(
  world: World,
  subject: string,
  planned: readonly PlannedCorrection[],
): Promise<void> {
  const addresses = addressesIn(world.policy, planned);
  const [address] = addresses;
  if (address === undefined) return;
  if (new Set(addresses).size > 1 || !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(address))
    throw invalid('address', 'it is no address, or there are several', 'Correct one address at a time.');
  if ((await world.data.subjectsAt(address)).some((other) => other !== subject))
    throw invalid('address', 'another account is registered there', 'Ask the person which account is theirs.');
}

/** Whether the decision has to wait for the owner of the new address, who is asked here. */
export async function waitsForNewAddress(world: World, request: StoredRequest, now: Date): Promise<boolean> {
  const [address] = addressesIn(world.policy, correctionsOf(request));
  if (address === undefined) return false;
  const known = request.newAddress;
  if (known?.address === address) return !known.confirmedAt && known.expiresAt > now;
  await ask(world, request, address, now);
  return true;
}

/** The letter is queued first, under the next number; the same one after a crash. */
async function ask(world: World, request: StoredRequest, address: string, now: Date): Promise<void> {
  const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
  if (!ticket) throw new RangeError('The ticket of the request is gone');
  const number = (request.newAddress?.number ?? 0) + 1;
  const expiresAt = new Date(now.getTime() + LINK_DAYS * DAY_MS);
  await queueLetter(
    world,
    {
      occasion: `confirm-new-address:${request._id}:${number}`,
      to: address,
      letter: 'confirm-new-address',
      language: request.language,
      model: { ...letterFrame(world, ticket), link: HIDDEN_LINK, expiresOn: dayOf(world, expiresAt) },
      confirms: { request: request._id, challenge: challengeOf({ number }) },
      automatic: true,
      request: request._id,
    },
    now,
  );
  await update<StoredRequest>(world, 'requests', request._id, (newest) => ({
    document: { ...newest, newAddress: { number, address, expiresAt } },
    events: [event(world, 'NewAddressAsked', now, { number })],
  }));
}

function addressesIn(policy: Policy, corrections: readonly PlannedCorrection[]): string[] {
  return corrections.filter((each) => isAddressOfAccount(policy, each)).map(({ value }) => String(value));
}

function correctionsOf(request: StoredRequest): readonly PlannedCorrection[] {
  const decision = 'decision' in request ? (request.decision as RectificationDecision | undefined) : undefined;
  return (decision?.corrections ?? []) as readonly PlannedCorrection[];
}
