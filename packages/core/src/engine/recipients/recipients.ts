import { warningDays } from '../../kernel/decide/recipientVoices.ts';
import type { Recipient } from '../../kernel/policy/policy.ts';
import { daysUntilEnd } from '../../kernel/recipient/daysUntilEnd.ts';
import { findingId, type Raised, raiseFinding, resolveFinding } from '../findings/findings.ts';
import type { Recipients } from '../keptRecipients.ts';
import type { Finding } from '../stored.ts';
import type { World } from '../world.ts';

/** Days before the end of an agreement on which it is spoken of, the last ones first; from the first on decisions warn too. */
const STEPS: readonly number[] = [7, 30, warningDays];

const EXPIRING = 'AGREEMENT_EXPIRING';
const EXPIRED = 'AGREEMENT_EXPIRED';
const ABSENT = 'RECIPIENT_WITHOUT_AGREEMENT';

/** Whoever receives data on our behalf does so under an agreement in force (Art 28(3) GDPR): staff hear of its end in time. */
export function recipients(world: World): Recipients {
  return {
    async review() {
      const now = world.clock.now();
      const { recipients: listed, controller } = world.policy;
      const due = listed.flatMap((recipient) => dueFor(recipient, controller.zone, now) ?? []);

      let raised = 0;
      for (const each of due) if (await raiseOnce(world, each, now)) raised += 1;
      return { raised, resolved: await resolveOthers(world, due, now) };
    },
  };
}

/** What is to be said of a recipient today; each step of an agreement's end is a finding of its own. */
function dueFor(recipient: Recipient, zone: string, now: Date): Raised | undefined {
  const { name, label, agreement, needsAgreement } = recipient;
  const place = `recipients.${name}`;
  if (agreement === undefined) {
    if (!needsAgreement) return undefined;
    const text = `${label} has no agreement on record, so every disclosure to it is denied.`;
    return { code: ABSENT, about: name, severity: 'error', text, place };
  }
  const { reference, expires } = agreement;
  const about = `${name}:${reference}:${expires}`;
  const left = daysUntilEnd(agreement, zone, now);
  if (left < 0) {
    const text = `Agreement ${reference} with ${label} expired on ${expires}, so every disclosure to it is denied.`;
    return { code: EXPIRED, about, severity: 'error', text, place };
  }
  const step = STEPS.find((days) => left <= days);
  if (step === undefined) return undefined;
  const text = `Agreement ${reference} with ${label} ends on ${expires}, within ${step} days: renew it and record the new dates.`;
  const severity = step === STEPS[0] ? 'error' : 'warning';
  return { code: EXPIRING, about: `${about}:${step}`, severity, text, place };
}

/** Once a step: who has resolved it is not asked again the next day. */
async function raiseOnce(world: World, raised: Raised, now: Date): Promise<boolean> {
  const findings = world.records.collection<Finding>('findings');
  if (await findings.get(findingId(world, raised.code, raised.about))) return false;
  await raiseFinding(world, raised, now);
  return true;
}

/** Renewed, struck from the list, or at the next step: what was said before is over. */
async function resolveOthers(world: World, due: readonly Raised[], now: Date): Promise<number> {
  const standing = new Set(due.map(({ code, about }) => findingId(world, code, about)));
  const open = await world.records
    .collection<Finding>('findings')
    .find({ service: world.service, code: { in: [EXPIRING, EXPIRED, ABSENT] }, resolvedAt: { exists: false } });
  const over = open.filter(({ _id }) => !standing.has(_id));
  for (const { _id, code } of over) {
    await resolveFinding(world, code, _id.slice(findingId(world, code, '').length), now);
  }
  return over.length;
}
