import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { AnswerReceipt } from '../../kernel/evidence/answerReceipt.ts';
import { recipientsTold } from '../notifications/recipientsTold.ts';
import type { NoticeKind } from '../ports/recipientConnector.ts';
import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';

/** Who signs, and by which policy: the same in every receipt. */
export function receiptFrame({ service, policy }: World): Pick<AnswerReceipt, 'service' | 'controller' | 'policy'> {
  const { name, contact } = policy.controller;
  return {
    service,
    controller: { name, contact },
    policy: { pack: policy.pack, version: policy.version, hash: policy.hash },
  };
}

/** Who is told of a request, or of one thing about it, and how far that is. */
export async function recipientsOn(
  world: World,
  request: string,
  only?: NoticeKind,
): Promise<AnswerReceipt['recipients']> {
  const { zone } = world.policy.controller;
  const told = (await recipientsTold(world, request)).filter(({ what }) => only === undefined || what === only);
  return told.map(({ label, state, keepsUntil }) => ({
    name: label,
    state,
    ...(keepsUntil && { keepsUntil: localDateOf(keepsUntil, zone).toString() }),
  }));
}

/** Who signed for something or decided it, by role and id. */
export async function signatureOf(
  world: World,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<NonNullable<AnswerReceipt['decision']>> {
  const staff = await world.records.collection<StaffMember>('staff').get(by);
  const role = staff?.role ?? (by === 'kept' ? 'engine' : 'unknown');
  return { role, staff: by, at: at.toISOString() };
}
