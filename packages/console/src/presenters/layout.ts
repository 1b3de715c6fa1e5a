import type { Kept } from '../kept.ts';
import type { StaffVisit, Visit } from '../visit.ts';
import { ROLE_LABEL } from './words.ts';

interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: string;
  readonly count: number | undefined;
  readonly current: boolean;
}

/** What stands around every page. */
export interface LayoutModel {
  readonly title: string;
  readonly controller: string;
  readonly banner: string | undefined;
  readonly flash: string | undefined;
  readonly me: { readonly name: string; readonly role: string } | undefined;
  readonly nav: readonly NavItem[];
}

export async function presentLayout(
  visit: Visit | StaffVisit,
  title: string,
  said: { flash: string | undefined; banner: string | undefined },
): Promise<LayoutModel> {
  const around = { title, controller: visit.kept.policy.controller.name, ...said };
  if (!('staff' in visit)) return { ...around, me: undefined, nav: [] };
  const { name, role } = visit.staff;
  return { ...around, me: { name, role: ROLE_LABEL[role] }, nav: await presentNav(visit, visit.kept) };
}

async function presentNav({ can, here }: StaffVisit, kept: Kept): Promise<NavItem[]> {
  const [mail, findings] = await Promise.all([kept.mail.counts(), kept.findings.open()]);
  const path = here.split('?')[0] ?? '/';
  const items = [
    { page: 'queue', href: '/', label: 'Queue', icon: 'inbox', count: undefined },
    { page: 'mails', href: '/mails', label: 'Unreadable mail', icon: 'mail', count: mail.unreadable },
    { page: 'findings', href: '/findings', label: 'Findings', icon: 'flag', count: findings.length },
    { page: 'disclosures', href: '/disclosures', label: 'Disclosures', icon: 'send', count: undefined },
    { page: 'retention', href: '/retention', label: 'Retention', icon: 'hourglass', count: undefined },
    { page: 'rehearsals', href: '/rehearsals', label: 'Rehearse', icon: 'eyes', count: undefined },
    { page: 'staff', href: '/staff', label: 'Staff', icon: 'person', count: undefined },
  ];
  return items
    .filter(({ page }) => can('read', 'Page', { page }))
    .map(({ page: _, ...item }) => ({
      ...item,
      count: item.count || undefined,
      current: item.href === '/' ? path === '/' : path.startsWith(item.href),
    }));
}
