import { countryOf } from '../../kernel/residence/countryOf.ts';
import type { AgeRule } from '../../kernel/residence/leastAges.ts';
import type { World } from '../world.ts';

/** The ages that statutes set where somebody lives, its states included; all that are known where nobody knows where. */
export async function lawsOfAge({ policy, law }: World, residence: string | undefined): Promise<AgeRule[]> {
  const country = residence && countryOf(residence);
  const near = (code: string): boolean =>
    residence === undefined || code === residence || code === country || code.startsWith(`${residence}-`);
  const codes = Object.keys(policy.residence).filter(near);
  const ids = new Set(codes.map((code) => policy.residence[code] as string));
  const laws = await Promise.all([...ids].map((id) => law(id, policy.controller.country)));
  return laws.flatMap(({ regime: { children, residents } }) => (children ? [{ ...children, residents }] : []));
}
