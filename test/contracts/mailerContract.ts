import { afterAll, describe, expect, test } from '@jest/globals';
import type { Mailer, OutgoingLetter } from '../../packages/core/src/engine/ports/edges.ts';

export const aLetter = (changes: Partial<OutgoingLetter> = {}): OutgoingLetter => ({
  messageId: 'k-7f3a2c.1@kept.example.com',
  from: 'support@sdanceai.com',
  to: 'ann@example.com',
  subjectLine: 'We have your request (K-7F3A2C)',
  text: 'Hello,\n\nwe received your message. Grüße, 你好.\n\n.\nA line with a dot alone comes before this one.\n',
  attachments: [],
  automatic: false,
  ...changes,
});

export interface MailerScene {
  readonly mailer: Mailer;
  /** What has arrived at the other end, oldest first. */
  arrived(): Promise<readonly Pick<OutgoingLetter, 'messageId' | 'to' | 'subjectLine' | 'text'>[]>;
  /** Makes the other end refuse what comes from now on. */
  refuse(how: 'for good' | 'for now'): void;
  close(): Promise<void>;
}

/** What every mailer must keep. */
export function mailerContract(kind: string, open: () => Promise<MailerScene>): void {
  const scenes: MailerScene[] = [];
  const scene = async () => {
    const opened = await open();
    scenes.push(opened);
    return opened;
  };
  afterAll(async () => {
    for (const opened of scenes) await opened.close();
  });

  describe(`a mailer: ${kind}`, () => {
    test('delivers a letter whole, under the Message-ID that it was given', async () => {
      const { mailer, arrived } = await scene();

      expect(await mailer.send(aLetter())).toMatchObject({ accepted: true, response: expect.stringMatching(/^250/) });

      const { messageId, to, subjectLine, text } = aLetter();
      expect(await arrived()).toMatchObject([{ messageId, to, subjectLine, text }]);
    });

    test('sends a letter again under the same Message-ID', async () => {
      const { mailer, arrived } = await scene();
      await mailer.send(aLetter());
      await mailer.send(aLetter());

      expect((await arrived()).map(({ messageId }) => messageId)).toEqual([aLetter().messageId, aLetter().messageId]);
    });

    test.each([
      ['for good', true],
      ['for now', false],
    ] as const)('says of a letter that is refused %s whether trying again is useless', async (how, permanent) => {
      const { mailer, arrived, refuse } = await scene();
      refuse(how);

      await expect(mailer.send(aLetter())).rejects.toMatchObject({ permanent, outcomeUnknown: false });
      expect(await arrived()).toEqual([]);
    });
  });
}
