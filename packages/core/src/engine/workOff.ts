import type { Kept } from './kept.ts';

/** What the jobs do, in their order, once: change the policy where that is due, read mail, advance requests, end packages, deliver letters, end restrictions, remind, sweep, chain, anchor. */
export async function workOff(kept: Kept): Promise<void> {
  await kept.policies.advance();
  await kept.mail.work();
  await kept.requests.advance();
  await kept.notifications.advance();
  await kept.packages.expire();
  await kept.recipients.review();
  await kept.transfer.advance();
  await kept.reviews.check();
  await kept.reminders.send();
  await kept.retention.sweep();
  await kept.disclosures.expire();
  await kept.outbox.deliver();
  await kept.restrictions.advance();
  await kept.evidence.sequence();
  await kept.evidence.anchor();
}
