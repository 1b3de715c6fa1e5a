import { KeptError } from '../../kernel/keptError.ts';
import { demandText } from '../demandText.ts';
import type { ChildReport } from '../keptChildren.ts';
import { openReportTicket } from '../reports/openReportTicket.ts';
import { demandCalmReporter, reporterOf } from '../reports/reporter.ts';
import { openRequest } from '../requests/openRequest.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

const MOST_TEXT = 4000;

/** Opens the case of a report, on a ticket that goes before others. All ids follow from what it says: sent twice, it is one. */
export async function reportChild(world: World, report: ChildReport): Promise<Ticket> {
  const now = world.clock.now();
  const text = demandText(report.text, 'text', MOST_TEXT);
  const about = aboutOf(report);
  const from = reporterOf(report);
  await demandCalmReporter(world, report, from.address, now);

  const said = Object.entries(about).map(([what, value]) => `Reported ${what}: ${value}`);
  const mark = world.crypto.sha256([world.service, from.address, ...said, text].join('\n')).slice(0, 24);
  const name = `report-${mark}`;
  const frame = { priority: 'child-report', subjectLine: 'Report: an account of a child' } as const;
  const words = [text, '', ...said].join('\n');
  const ticket = await openReportTicket(world, { name, ...frame, from, text: words }, now);
  // Nobody found is a case too: staff look, and the reporter cannot tell the difference.
  const accounts = await accountsOf(world, about);
  for (const [index, account] of (accounts.length > 0 ? accounts : [undefined]).entries()) {
    await openRequest(
      world,
      {
        id: `request-${name}${index === 0 ? '' : `-${index + 1}`}`,
        right: 'erasure',
        report: 'child',
        channel: 'app',
        receivedAt: ticket.receivedAt,
        ticket: ticket._id,
        requester: from,
        ...(account && { about: account }),
        language: 'en',
      },
      now,
    );
  }
  return ticket;
}

/** The account that a report means, with an address of it where it has one. */
export async function accountOf(world: World, subject: string): Promise<NonNullable<StoredRequest['about']>> {
  const [address = ''] = await world.data.addressesOf(subject);
  return { subject, address };
}

async function accountsOf(
  world: World,
  { subject, address }: ChildReport['about'],
): Promise<NonNullable<StoredRequest['about']>[]> {
  const known = subject !== undefined && (await world.data.exists(subject)) ? [subject] : [];
  const at = address === undefined ? [] : await world.data.subjectsAt(address);
  return Promise.all([...new Set([...known, ...at])].map((each) => accountOf(world, each)));
}

function aboutOf({ about }: ChildReport): ChildReport['about'] {
  const { subject, address, link } = about ?? {};
  const named = {
    ...(subject !== undefined && { subject: demandText(subject, 'subject', 512) }),
    ...(address !== undefined && { address: demandText(address, 'address', 254).toLowerCase() }),
    ...(link !== undefined && { link: demandText(link, 'link', 2000) }),
  };
  if (Object.keys(named).length > 0) return named;
  throw new KeptError('INPUT_INVALID', 'Nothing says which account is meant', {
    place: 'about',
    remedy: 'Give an address of the account, or a link to what it made.',
  });
}
