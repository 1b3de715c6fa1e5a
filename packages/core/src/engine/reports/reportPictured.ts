import { demandText } from '../demandText.ts';
import type { PicturedReport } from '../keptReports.ts';
import { openRequest } from '../requests/openRequest.ts';
import type { Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { openReportTicket } from './openReportTicket.ts';
import { demandCalmReporter, reporterOf } from './reporter.ts';

const MOST_TEXT = 4000;
const MOST_LINK = 2000;

/** Opens the case of somebody who is pictured, on a ticket that goes before others. Sent twice, it is one. */
export async function reportPictured(world: World, report: PicturedReport): Promise<Ticket> {
  const now = world.clock.now();
  const text = demandText(report?.text, 'text', MOST_TEXT);
  const link = demandText(report.link, 'link', MOST_LINK);
  const from = reporterOf(report);
  await demandCalmReporter(world, report, from.address, now);

  const mark = world.crypto.sha256([world.service, 'pictured', from.address, link, text].join('\n')).slice(0, 24);
  const name = `pictured-${mark}`;
  const frame = {
    priority: 'pictured-report',
    subjectLine: 'Report: somebody is shown in what another made',
  } as const;
  const words = [text, '', `Where: ${link}`].join('\n');
  const ticket = await openReportTicket(world, { name, ...frame, from, text: words }, now);
  await openRequest(
    world,
    {
      id: `request-${name}`,
      right: 'erasure',
      report: 'pictured',
      channel: 'app',
      receivedAt: ticket.receivedAt,
      ticket: ticket._id,
      requester: from,
      language: 'en',
    },
    now,
  );
  return ticket;
}
