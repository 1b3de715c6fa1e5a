import type { Host, Person } from '../host.ts';
import type { Identity } from '../models/user.ts';
import { Refusal } from '../web/refusal.ts';
import { credit } from './credit.ts';

export interface Newcomer {
  readonly email: string;
  readonly name: string;
  readonly country: string;
  readonly birthYear: number;
  readonly passwordHash?: string;
  readonly identity?: Identity;
}

const welcomeCredits = 10;

/** Opens an account. Nothing is stored of a person who may be too young for the policy. */
export async function signUp(host: Host, newcomer: Newcomer): Promise<Person> {
  const at = host.now();
  checkNewcomer(newcomer, at);
  await demandAge(host, newcomer);
  const { identity, ...profile } = newcomer;
  if (await host.models.users.exists({ email: newcomer.email.toLowerCase() })) throw taken();

  const person = await host.models.users
    .create({ ...profile, identities: identity ? [identity] : [], createdAt: at, seenAt: at })
    .catch((error: { code?: number }) => {
      throw error.code === 11000 ? taken() : error;
    });
  await host.kept.policies.accept(person.id, 'sign-up');
  await credit(host, person._id, { amount: welcomeCredits, reason: 'welcome' });
  return person;
}

const taken = (): Refusal => new Refusal(409, 'There is an account at this address already. Sign in instead.');

function checkNewcomer({ email, name, country, birthYear }: Newcomer, at: Date): void {
  if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email)) throw new Refusal(422, 'Please give a whole email address.');
  if (name === '' || name.length > 80) throw new Refusal(422, 'Please give a name of at most 80 letters.');
  if (!/^[A-Z]{2}$/.test(country)) throw new Refusal(422, 'Please choose your country.');
  const year = at.getUTCFullYear();
  if (!Number.isInteger(birthYear) || birthYear < 1900 || birthYear > year) {
    throw new Refusal(422, 'Please give the year you were born in.');
  }
}

// #region age
/** Of who may be too young nothing is kept, and nothing tells which age would do. */
async function demandAge({ kept }: Host, { country, birthYear }: Newcomer): Promise<void> {
  const { outcome } = await kept.children.mayJoin({ country, birthYear });
  if (outcome !== 'permitted') throw new Refusal(403, 'You cannot open an account here.');
}
// #endregion age
