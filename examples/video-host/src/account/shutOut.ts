import type { Models } from '../models/models.ts';
import { newToken, tokenHash } from './token.ts';

/**
 * Sessions and keys of a person open nothing any more, whichever of them the app has. Their records stay until they are
 * erased, and are counted there.
 */
export async function shutOut(
  { sessions, apiKeys }: Partial<Pick<Models, 'sessions' | 'apiKeys'>>,
  person: string,
): Promise<void> {
  const nobodyHas = (): string => tokenHash(newToken(''));
  const mine = { userId: person };
  for (const { _id } of (await sessions?.find(mine, { _id: 1 }).lean()) ?? [])
    await sessions?.updateOne({ _id }, { tokenHash: nobodyHas() });
  for (const { _id } of (await apiKeys?.find(mine, { _id: 1 }).lean()) ?? [])
    await apiKeys?.updateOne({ _id }, { hash: nobodyHas() });
}
