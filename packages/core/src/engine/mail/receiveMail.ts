import { event, fresh } from '../aggregate.ts';
import type { StoredMail } from '../stored.ts';
import type { World } from '../world.ts';

/** What the bytes are, for the seal. */
export function mailSealedAs(id: string): string {
  return `kept-mail/1 ${id}`;
}

/**
 * Stores the raw bytes, sealed under a key of their own, before anybody looks at them. The same mail for the same mailbox
 * is stored once; the same Message-ID over other bytes is another mail.
 */
export async function receiveMail(
  world: World,
  mail: { mailbox: string; raw: Uint8Array },
  messageKey: string,
): Promise<{ id: string; duplicate: boolean }> {
  const now = world.clock.now();
  const sha256 = world.crypto.sha256(mail.raw);
  const mailbox = mail.mailbox.toLowerCase();
  const id = `mail-${world.crypto.sha256([world.service, mailbox, messageKey, sha256].join('\n')).slice(0, 24)}`;
  const keyId = `mail:${id}`;
  const mails = world.records.collection<StoredMail>('mails');
  if (await mails.get(id)) return { id, duplicate: true };

  const key = await world.keys.create(keyId);
  const inserted = await mails.insert({
    ...fresh(world, id, [event(world, 'MailReceived', now, { mailbox, sha256, size: mail.raw.byteLength })]),
    mailbox,
    messageKey,
    sha256,
    receivedAt: now,
    size: mail.raw.byteLength,
    state: 'stored',
    attempts: 0,
    sealed: world.crypto.seal(key, mail.raw, mailSealedAs(id)),
    keyId,
  });
  return { id, duplicate: !inserted };
}

/** The bytes as they came; undefined once their key is destroyed. */
export async function openMail(world: World, mail: StoredMail): Promise<Uint8Array | undefined> {
  const key = await world.keys.get(mail.keyId);
  return key && world.crypto.unseal(key, mail.sealed, mailSealedAs(mail._id));
}
