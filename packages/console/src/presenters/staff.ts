import type { AccessReview, Assessment, ReviewedAccount } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { presentDay, type When } from './dates.ts';
import type { Desk } from './desk.ts';
import { presentDue } from './due.ts';
import { ROLE_LABEL } from './words.ts';

export interface StaffModel {
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: string;
    readonly state: Chip;
    readonly lastSeen: When | undefined;
    readonly me: boolean;
    readonly reviewed: { readonly at: When; readonly by: string } | undefined;
    readonly due: Chip | undefined;
  }[];
  readonly assessments: readonly {
    readonly on: When;
    readonly scope: string;
    readonly by: string;
    readonly next: When | undefined;
  }[];
  readonly today: string;
}

export function presentStaff(review: AccessReview, assessments: readonly Assessment[], desk: Desk): StaffModel {
  return {
    rows: review.accounts.map((account) => {
      const { staff, name, email, role, disabledAt, lastSeenAt, reviewed } = account;
      return {
        ...{ id: staff, name, email, role: ROLE_LABEL[role], me: staff === desk.me },
        state: disabledAt ? chip('quiet', 'cross', 'Disabled') : chip('met', 'check', 'Active'),
        lastSeen: lastSeenAt && desk.when(lastSeenAt),
        reviewed: reviewed && { at: desk.when(reviewed.at), by: reviewed.by },
        due: dueChip(account, desk),
      };
    }),
    assessments: assessments.map(({ on, scope, by, nextDueOn }) => ({
      ...{ on: presentDay(on, desk.today), scope, by: desk.nameOf(by) },
      next: nextDueOn === undefined ? undefined : presentDay(nextDueOn, desk.today),
    })),
    today: desk.today,
  };
}

function dueChip({ dueAt, overdue }: ReviewedAccount, desk: Desk): Chip | undefined {
  if (dueAt) return presentDue(desk.day(dueAt).datetime, undefined, undefined, desk);
  return overdue ? chip('overdue', 'alert', 'Never reviewed') : undefined;
}
