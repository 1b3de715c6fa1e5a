import type { Hold, PlanLine } from '../../../kernel/decision.ts';
import type { Preview } from '../../../kernel/request/rightsRequest.ts';
import { runOf, runsOf } from '../../../kernel/request/runOf.ts';
import { DISCLOSURES } from '../../egress/endDisclosures.ts';
import { eraseDisclosures } from '../../egress/eraseDisclosures.ts';
import { raiseFinding, resolveFinding } from '../../findings/findings.ts';
import { tellRecipients } from '../../notifications/tellRecipients.ts';
import { PACKAGES } from '../../packages/endPackages.ts';
import { carriedOut } from '../../removal/carriedOut.ts';
import { endSharing } from '../../removal/endSharing.ts';
import { filesLeftInWords } from '../../removal/filesLeft.ts';
import { leftInWords, leftOf } from '../../removal/leftOf.ts';
import { eraseOwnRecords, erasePackages, eraseUses, OWN, surveyOwnRecords } from '../../removal/ownRecords.ts';
import { mayGoOn, type Pace } from '../../removal/pace.ts';
import { planRemoval } from '../../removal/planRemoval.ts';
import { removeSubject } from '../../removal/removeSubject.ts';
import type { CarriedLine, StoredRequest } from '../../stored.ts';
import { USES } from '../../uses/endUses.ts';
import type { World } from '../../world.ts';
import type { Beat, Ended, RunningRequest } from '../executor.ts';
import { type Captured, captureIdentity } from './captureIdentity.ts';
import { reportOpenDoors, revokeAccess } from './revokeAccess.ts';
import { secondLook } from './secondLook.ts';
import { watchHolds } from './watchHolds.ts';

const ROUNDS = 3;

/**
 * Carries an approved erasure out, or goes on with one that was interrupted: captures the identifiers, enters the ledger,
 * ends sessions and keys, removes unit by unit, looks again.
 */
export async function eraseSubject(world: World, request: RunningRequest, beat: Beat): Promise<Ended> {
  const captured = await captureIdentity(world, request);
  if (!captured.preview) throw new RangeError('An erasure runs by its approved preview');
  await revokeAccess(world, request);

  const { lines, missing, residue } = await removeAll(world, { ...captured, preview: captured.preview }, beat);

  const ended = world.clock.now();
  const { _id: about, round } = request;
  if (missing.length > 0) {
    const text =
      residue.found > 0
        ? 'An erasure ended, and the person is still named somewhere: the request says where. End it there and look again, or say why it stays.'
        : 'An erasure ended with something left; the request says what and why.';
    await raiseFinding(world, { code: 'ERASURE_INCOMPLETE', about, severity: 'error', text, place: about }, ended);
  } else if (round) {
    await resolveFinding(world, 'ERASURE_INCOMPLETE', about, ended);
  }
  // What was found can be looked for again only by what the person was known by.
  return {
    missing,
    also: { carriedOut: lines, residue, look: undefined, ...(residue.found === 0 && { captured: undefined }) },
  };
}

interface Removed {
  readonly lines: readonly CarriedLine[];
  /** What is left, in words without personal data; empty for a clean end. */
  readonly missing: readonly string[];
  readonly residue: NonNullable<StoredRequest['residue']>;
}

async function removeAll(
  world: World,
  request: Captured & { readonly preview: Preview },
  beat: Beat,
): Promise<Removed> {
  const { subject, preview } = request;
  for (let round = 1; ; ) {
    const watch = await watchHolds(world, subject);
    const held = await heldNow(world, request, watch.holds);
    if (!(await removeRound(world, request, held, { beat, goOn: async () => !(await watch.moved()) }))) continue;

    const look = await secondLook(world, request, beat);
    const left = leftOf(look, [...preview.lines, ...held]);
    const found = left.reduce((sum, each) => sum + each.count, 0);
    const ours = left.filter(({ leads }) => leads);
    // Another round ends what is still found as theirs; elsewhere it would only find the same again.
    if (ours.length > 0 && round < ROUNDS) {
      round += 1;
      continue;
    }

    await reportOpenDoors(world, request, held);
    const standing = held.filter((line) => line.count > 0);
    return {
      lines: await carriedOut(world, runOf(request), preview.lines, held, ours),
      missing: [
        ...new Set(standing.map((line) => `A hold keeps a part of it until it is lifted: ${line.ground?.text ?? ''}`)),
        ...leftInWords(left),
        // What stores did not let go, of earlier rounds too.
        ...(await filesLeftInWords(world, runsOf(request))),
      ],
      residue: {
        lookedAt: world.clock.now(),
        found,
        rounds: round,
        looked: look.looked,
        notLooked: look.notLooked,
      },
    };
  }
}

/** A hold that was placed since the approval stops what it reaches, and nothing else. */
async function heldNow(world: World, request: Captured, holds: readonly Hold[]): Promise<PlanLine[]> {
  if (holds.length === 0) return [];
  const now = world.clock.now();
  const today = [
    ...(await planRemoval(world, request.subject, holds, now)),
    ...(await surveyOwnRecords(world, request.subject, request, holds, now)),
  ];
  return today.filter((line) => line.action === 'keep' && line.rule?.startsWith('holds.'));
}

/** Goes once through all that the plan lets go. False where the holds are others by now: what is left is planned anew. */
async function removeRound(
  world: World,
  request: Captured & { readonly preview: Preview },
  held: readonly PlanLine[],
  pace: Required<Pace>,
): Promise<boolean> {
  const { subject, captured, preview } = request;
  const isHeld = (collection: string): boolean => held.some((line) => line.collection === collection);
  const lines = preview.lines.filter((line) => !isHeld(line.collection));

  // As long as the log of disclosures knows to whom something of the person left.
  const categories = lines.flatMap((line) => (line.action === 'erase' ? line.categories : []));
  await tellRecipients(world, { request: request._id, subject, what: 'erasure', categories }, world.clock.now());

  const steps: readonly (() => Promise<unknown>)[] = [
    () => removeSubject(world, { run: runOf(request), subject, lines, captured, ...pace }),
    ...(isHeld(PACKAGES) ? [] : [() => erasePackages(world, subject, request)]),
    ...(isHeld(OWN.conversations) ? [] : [() => eraseOwnRecords(world, subject, request, pace)]),
    ...(isHeld(DISCLOSURES) ? [] : [() => eraseDisclosures(world, subject, request, lines, pace)]),
    () => endSharing(world, subject, request, { lines, isHeld }, pace),
    ...lines.flatMap((line) =>
      line.collection === USES ? [() => eraseUses(world, subject, request, line, pace)] : [],
    ),
  ];
  for (const step of steps) {
    await step();
    if (!(await mayGoOn(pace))) return false;
  }
  return true;
}
