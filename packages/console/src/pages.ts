import type { DisclosuresModel } from './presenters/disclosures.ts';
import type { ErrorModel } from './presenters/error.ts';
import type { FindingsModel } from './presenters/findings.ts';
import type { MailsModel } from './presenters/mails.ts';
import type { QueueModel } from './presenters/queue.ts';
import type { ReceiptModel } from './presenters/receipt.ts';
import type { RehearsalsModel } from './presenters/rehearsals.ts';
import type { RequestModel } from './presenters/request.ts';
import type { RetentionModel } from './presenters/retention.ts';
import type { StaffModel } from './presenters/staff.ts';
import type { StopCard } from './presenters/stops.ts';
import type { TicketModel } from './presenters/ticket.ts';

/** Each page, by the name of its template, and what the template is given. */
export interface Pages {
  'sign-in': { readonly next: string; readonly refused: string | undefined; readonly email: string };
  queue: QueueModel;
  ticket: TicketModel;
  request: RequestModel;
  receipt: ReceiptModel;
  mails: MailsModel;
  findings: FindingsModel;
  disclosures: DisclosuresModel;
  retention: RetentionModel & { readonly stops: readonly StopCard[] };
  rehearsals: RehearsalsModel;
  staff: StaffModel;
  help: object;
  error: ErrorModel;
}
