import type { Question } from '@kept/core';
import type { Parts } from '../../src/variant.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Render } from '../../src/web/views.ts';
import type { Models } from './models.ts';

export const title = 'Seedream4.0';
export const supportAddress = 'support@babyai.space';

/** What the editor is made of; each part takes it. */
export interface Editor extends Omit<Parts, 'connection'> {
  readonly models: Models;
  readonly render: Render;
  readonly supportAddress: string;
}

/** Ends the handler unless the policy clearly says yes. */
export async function demandPermitted(
  { kept }: Pick<Editor, 'kept'>,
  question: Question & { subject: string },
  { status, what }: { status: number; what: string },
): Promise<void> {
  const { outcome, because } = await kept.decide(question);
  if (outcome === 'permitted') return;
  const why = because.map((reason) => reason.text).join('; ') || 'it is not clear that the privacy policy allows it';
  throw new Refusal(status, `${what}: ${why}.`);
}

/** Whether the policy clearly says yes: for what is done in passing, and left out without a word where it may not be. */
export async function isPermitted(
  { kept }: Pick<Editor, 'kept'>,
  question: Question & { subject: string },
): Promise<boolean> {
  return (await kept.decide(question)).outcome === 'permitted';
}
