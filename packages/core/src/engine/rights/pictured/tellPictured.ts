import type { PicturedDecision } from '../../../kernel/request/picturedDecision.ts';
import { dayOf, letterFrame } from '../../outbox/letterFrame.ts';
import { queueLetter } from '../../outbox/queueLetter.ts';
import { lawForReader } from '../../requests/lawForReader.ts';
import type { StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { Enclosed } from '../answerReceipt.ts';

/** Tells whoever is pictured how it ended, with the ground of a refusal; nothing of who made it. */
export async function tellPictured(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  enclosed: Enclosed | undefined,
  now: Date,
): Promise<void> {
  const { address } = request.requester;
  if (!address || request.automatic || request.status === 'withdrawn') return;
  const refusal = request.status === 'refused' ? request.refusal : undefined;
  const decision = 'decision' in request ? (request.decision as PicturedDecision) : undefined;
  await queueLetter(
    world,
    {
      occasion: `pictured-report-decided:${request._id}`,
      to: address,
      letter: 'pictured-report-decided',
      language: request.language,
      model: {
        ...letterFrame(world, ticket),
        receivedOn: dayOf(world, request.receivedAt),
        takenDown: decision?.outcome === 'takedown',
        covered: decision?.outcome === 'blur',
        missing: request.status === 'partly-fulfilled' ? request.missing : [],
        refusal: refusal ? { reason: refusal.reason, article: refusal.article } : null,
        law: await lawForReader(world, request),
        receipt: enclosed?.receipt ?? null,
      },
      attachments: enclosed?.attachments ?? [],
      automatic: false,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
}
