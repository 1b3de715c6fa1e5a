import { openMail } from '../../mail/receiveMail.ts';
import type { Message, StoredMail } from '../../stored.ts';
import type { World } from '../../world.ts';
import { safeName } from './fileNames.ts';
import { ticketsOf } from './ownCases.ts';
import type { OwnQuestion } from './ownFiles.ts';
import type { TextFile } from './textEntry.ts';

/** The mails that the person sent, byte for byte, as far as they can still be read. */
export async function* mailFiles(world: World, question: OwnQuestion): AsyncGenerator<TextFile> {
  const messages = world.records.collection<Message>('messages');
  const mails = world.records.collection<StoredMail>('mails');
  for await (const { _id } of ticketsOf(world, question)) {
    for (const { mail, from } of await messages.find({ ticket: _id, direction: 'in', mail: { exists: true } })) {
      if (mail === undefined || !question.own.has(from.toLowerCase())) continue;
      const stored = await mails.get(mail);
      const bytes = stored && (await openMail(world, stored));
      if (!bytes) continue;
      const name = `kept/mails/${safeName(world, mail)}.eml`;
      yield {
        name,
        type: 'message/rfc822',
        how: 'deflate',
        content: only(bytes),
        counts: () => ({ records: 0, files: 1 }),
      };
    }
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
