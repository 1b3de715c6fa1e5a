import type { Kept, StaffMember } from '@kept/core';
import type { Args, Option } from './command.ts';
import { WrongQuestion } from './wrongQuestion.ts';

export const byOption: Option = { type: 'string', value: 'EMAIL', help: 'the staff member who does this' };

/** The staff member of `--by`. A privacy lead where one is needed, as in the console. Throws WrongQuestion. */
export async function staffNamed(args: Args, kept: Kept, role?: 'lead'): Promise<StaffMember> {
  const email = args.need('by').trim().toLowerCase();
  const member = (await kept.staff.list()).find((each) => each.email === email && !each.disabledAt);
  if (!member)
    throw new WrongQuestion('No staff member has this address', '--by', 'see kept staff list, or use kept staff add');
  if (role === undefined || member.role === role) return member;
  throw new WrongQuestion('Only a privacy lead may do this', '--by', 'name a staff member with the role lead');
}
