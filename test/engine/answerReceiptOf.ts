import { expect } from '@jest/globals';
import { type AnswerReceipt, answerFaults, openDocument, verifySignature } from '@kept/core';
import type { Scene } from '../support/scene.ts';

type Open = Pick<Scene, 'kept' | 'keys' | 'mailer'>;

/** What was signed of a request, as anybody can check it who has the public key: genuine, sound, and in exactly one letter. */
export async function answerReceiptOf({ kept, keys, mailer }: Open, id: string): Promise<AnswerReceipt> {
  const { text = '' } = (await kept.requests.receipt(id)) ?? {};
  const receipt = await genuine({ keys }, text);
  const letters = mailer.sent.filter(({ attachments }) => attachments.some(({ content }) => content === text));
  expect(letters.map((letter) => letter.text.includes('signed receipt of what we'))).toEqual([true]);
  expect(receipt.request?.id).toBe(id);
  return receipt;
}

/** A signed text, opened with the public key alone. */
export async function genuine({ keys }: Pick<Scene, 'keys'>, text: string): Promise<AnswerReceipt> {
  const { keyId, publicKey } = await keys.signer();
  const opened = openDocument<AnswerReceipt>(text, { [keyId]: publicKey }, verifySignature);
  if (!opened.ok) throw new Error(opened.why);
  expect(answerFaults(opened.document)).toEqual([]);
  return opened.document;
}

/** Which of these words somebody reads who finds the file. */
export function says(receipt: AnswerReceipt, words: readonly string[]): string[] {
  const text = JSON.stringify(receipt);
  return words.filter((word) => text.includes(word));
}
