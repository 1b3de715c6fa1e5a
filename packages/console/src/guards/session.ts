import { abilitiesOf } from '../abilities.ts';
import { KeptError } from '../kept.ts';
import type { StaffVisit, Visit } from '../visit.ts';

/** Who is here, by the session cookie. Throws SIGN_IN_NEEDED. */
export async function withSession(visit: Visit, token: string | undefined): Promise<StaffVisit> {
  const found = token === undefined ? undefined : await visit.kept.staff.session(token);
  if (token === undefined || found === undefined) {
    throw new KeptError('SIGN_IN_NEEDED', 'You are not signed in', {
      place: 'console',
      remedy: 'Sign in and try again.',
    });
  }
  return { ...visit, ...found, token, can: abilitiesOf(found.staff, visit.kept.service) };
}
