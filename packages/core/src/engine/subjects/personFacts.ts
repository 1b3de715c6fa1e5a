import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { Facts } from '../../kernel/decision.ts';
import { residenceCode } from '../../kernel/residence/residenceCode.ts';
import type { Profile } from '../ports/personalDataSource.ts';
import type { World } from '../world.ts';

/** Where a subject lives and how old they are, as far as the host keeps it. */
export async function personFacts(world: World, subject: string, now: Date): Promise<Pick<Facts, 'country' | 'age'>> {
  const profile = (await world.data.profilesOf([subject])).get(subject);
  return profileFacts(profile, localDateOf(now, world.policy.controller.zone).year);
}

/** What a profile tells in this year. Where the birthday may still be ahead, the younger age counts. */
export function profileFacts(profile: Profile | undefined, year: number): Pick<Facts, 'country' | 'age'> {
  const country = residenceCode(profile?.residence);
  return {
    ...(country && { country }),
    ...(profile?.birthYear !== undefined && { age: Math.max(0, year - profile.birthYear - 1) }),
  };
}
