import { openMail } from '../../mail/receiveMail.ts';
import type { Message, StoredMail } from '../../stored.ts';
import type { World } from '../../world.ts';
import { safeName } from './fileNames.ts';
import { type TicketPlace, ticketsOf } from './ownCases.ts';
import type { OwnQuestion } from './ownFiles.ts';
import { recordsWhere } from './recordsWhere.ts';
import type { Stage } from './stages.ts';

interface MailPlace {
  readonly tickets: TicketPlace;
  /** The ticket behind that place, and its message that was read last. */
  readonly ticket: string;
  readonly message: string;
}

/** The mails that the person sent, byte for byte, as far as they can still be read. */
export function mailStage(world: World, question: OwnQuestion): Stage {
  const mails = world.records.collection<StoredMail>('mails');
  return {
    name: 'mails',
    async *entries(_log, from) {
      const start = from as unknown as MailPlace | undefined;
      for await (const { ticket, place } of ticketsOf(world, question, start?.tickets)) {
        const sent = { ticket: ticket._id, direction: 'in', mail: { exists: true } } as const;
        const after = ticket._id === start?.ticket ? start.message : '';
        for await (const { _id, mail, from: sender } of recordsWhere<Message>(world, 'messages', sent, after)) {
          if (mail === undefined || !question.own.has(sender.toLowerCase())) continue;
          const stored = await mails.get(mail);
          const bytes = stored && (await openMail(world, stored));
          if (!bytes) continue;
          yield {
            name: `kept/mails/${safeName(world, mail)}.eml`,
            type: 'message/rfc822',
            how: 'deflate',
            content: only(bytes),
            counts: () => ({ records: 0, files: 1 }),
            behind: { tickets: { ...place }, ticket: ticket._id, message: _id },
          };
        }
      }
    },
  };
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
