import type { Preview } from '../../../kernel/request/rightsRequest.ts';
import { runOf } from '../../../kernel/request/runOf.ts';
import { DISCLOSURES } from '../../egress/endDisclosures.ts';
import { eraseDisclosures } from '../../egress/eraseDisclosures.ts';
import { raiseFinding, resolveFinding } from '../../findings/findings.ts';
import { tellRecipients } from '../../notifications/tellRecipients.ts';
import { carriedOut } from '../../removal/carriedOut.ts';
import { endSharing } from '../../removal/endSharing.ts';
import { eraseOwnRecords, eraseUses, OWN, surveyOwnRecords } from '../../removal/ownRecords.ts';
import { leftInWords, leftOf } from '../../removal/leftOf.ts';
import { planRemoval } from '../../removal/planRemoval.ts';
import { removeSubject } from '../../removal/removeSubject.ts';
import { standingHolds } from '../../requests/activeHolds.ts';
import type { CarriedLine, StoredRequest } from '../../stored.ts';
import { USES } from '../../uses/endUses.ts';
import type { World } from '../../world.ts';
import type { Beat, Ended, RunningRequest } from '../executor.ts';
import { type Captured, captureIdentity } from './captureIdentity.ts';

const ROUNDS = 3;

/**
 * Carries an approved erasure out, or goes on with one that was interrupted: captures the identifiers, enters the ledger,
 * removes unit by unit, looks again.
 */
export async function eraseSubject(world: World, request: RunningRequest, beat: Beat): Promise<Ended> {
  const captured = await captureIdentity(world, request);
  if (!captured.preview) throw new RangeError('An erasure runs by its approved preview');

  const { lines, missing, residue } = await removeAll(world, { ...captured, preview: captured.preview }, beat);

  const ended = world.clock.now();
  const { _id: about, round } = request;
  if (missing.length > 0) {
    const text = 'An erasure ended with something left; the request says what and why.';
    await raiseFinding(world, { code: 'ERASURE_INCOMPLETE', about, severity: 'error', text, place: about }, ended);
  } else if (round) {
    await resolveFinding(world, 'ERASURE_INCOMPLETE', about, ended);
  }
  return { missing, also: { carriedOut: lines, residue, captured: undefined } };
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
  const run = runOf(request);
  const { subject, captured, preview } = request;
  for (let round = 1; ; round += 1) {
    const now = world.clock.now();
    // A hold that was placed since the approval stops what it reaches, and nothing else.
    const holds = await standingHolds(world, now, subject);
    const today = [
      ...(await planRemoval(world, subject, holds, now)),
      ...(await surveyOwnRecords(world, subject, request, holds, now)),
    ];
    const held = today.filter((line) => line.action === 'keep' && line.rule?.startsWith('holds.'));
    const isHeld = (collection: string): boolean => held.some((line) => line.collection === collection);

    const lines = preview.lines.filter((line) => !isHeld(line.collection));
    // As long as the log of disclosures knows to whom something of the person left.
    const categories = lines.flatMap((line) => (line.action === 'erase' ? line.categories : []));
    await tellRecipients(world, { request: request._id, subject, what: 'erasure', categories }, now);
    await removeSubject(world, { run, subject, lines, captured, beat });
    if (!isHeld(OWN.conversations)) await eraseOwnRecords(world, subject, request);
    if (!isHeld(DISCLOSURES)) await eraseDisclosures(world, subject, request, lines);
    await endSharing(world, subject, request, { lines, isHeld });
    for (const line of lines) if (line.collection === USES) await eraseUses(world, subject, request, line);

    const left = leftOf(await world.data.residue(captured, { beat: () => beat() }), [...preview.lines, ...held]);
    const found = left.reduce((sum, each) => sum + each.count, 0);
    const ours = left.filter(({ leads }) => leads);
    // Another round ends what is still found as theirs; elsewhere it would only find the same again.
    if (ours.length > 0 && round < ROUNDS) continue;

    const standing = held.filter((line) => line.count > 0);
    return {
      lines: await carriedOut(world, run, preview.lines, held, ours),
      missing: [
        ...new Set(standing.map((line) => `held: ${line.ground?.text ?? ''}`)),
        ...leftInWords(left),
      ],
      residue: { lookedAt: world.clock.now(), found, rounds: round },
    };
  }
}
