import type { StaffMember } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';
import { ROLE_LABEL } from './words.ts';

export interface StaffModel {
  readonly rows: readonly {
    readonly name: string;
    readonly email: string;
    readonly role: string;
    readonly state: Chip;
    readonly lastSeen: When | undefined;
    readonly me: boolean;
  }[];
}

export function presentStaff(staff: readonly StaffMember[], desk: Desk): StaffModel {
  return {
    rows: staff.map((member) => ({
      name: member.name,
      email: member.email,
      role: ROLE_LABEL[member.role],
      state: member.disabledAt ? chip('quiet', 'cross', 'Disabled') : chip('met', 'check', 'Active'),
      lastSeen: member.lastSeenAt && desk.when(member.lastSeenAt),
      me: member._id === desk.me,
    })),
  };
}
