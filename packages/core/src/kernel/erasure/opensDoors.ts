import type { Collection } from '../policy/inventory.ts';
import { covers } from '../policy/vocabulary.ts';

const DOORS = ['log.session', 'account.api-key'];

/** Whether its records let somebody in, as sessions and keys do; the account itself, with its password, is not one of them. */
export function opensDoors({ subject, fields }: Pick<Collection, 'subject' | 'fields'>): boolean {
  return subject.by !== 'self' && fields.some(({ category }) => DOORS.some((door) => covers(door, category)));
}
