import { newToken, tokenHash } from '../../src/account/token.ts';
import type { Models } from './models.ts';

/** Nobody is signed in as them any more. The sessions stay until they are erased, and are counted there. */
export async function shutOut({ sessions }: Pick<Models, 'sessions'>, person: string): Promise<void> {
  const theirs = await sessions.find({ userId: person }, { _id: 1 }).lean();
  for (const { _id } of theirs) await sessions.updateOne({ _id }, { tokenHash: tokenHash(newToken('')) });
}
