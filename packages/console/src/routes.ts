import type { Actions } from './abilities.ts';
import { lookAtShown, nameShown, takeDecision, weighDecision } from './handlers/decisions.ts';
import { approveDisclosure, listDisclosures, proposeDisclosure, withdrawDisclosure } from './handlers/disclosures.ts';
import { listFindings, resolveFinding } from './handlers/findings.ts';
import { showHelp } from './handlers/help.ts';
import { eraseWithoutCopy, leaveAsItIs, lookAgain } from './handlers/leftovers.ts';
import { downloadMail, listMails } from './handlers/mails.ts';
import { showQueue } from './handlers/queue.ts';
import {
  downloadDelivery,
  downloadEnd,
  downloadReceipt,
  showDelivery,
  showEnd,
  showReceipt,
} from './handlers/receipts.ts';
import { listRehearsals, openTestRequest, rehearseRequest } from './handlers/rehearsals.ts';
import { recipientAgain, recipientDone, recipientExcused } from './handlers/requestNotices.ts';
import { liftRestriction, nameRestriction } from './handlers/requestRestrictions.ts';
import {
  answerRequest,
  approvePreview,
  extendRequest,
  makePreview,
  proposePreview,
  refuseRequest,
  showRequest,
  withdrawRequest,
} from './handlers/requests.ts';
import { allowSweep, countRetention, showRetention } from './handlers/retention.ts';
import { showSignIn, signIn, signOut } from './handlers/signIn.ts';
import { listStaff, recordAssessment, reviewAccess } from './handlers/staff.ts';
import { assignTicket, closeTicket, downloadTicketMail, reopenTicket, retryLetter } from './handlers/ticketDesk.ts';
import { addNote, replyToTicket, showForReason, showTicket } from './handlers/tickets.ts';
import { challengeAgain, concernsAccount, locatePerson, seeMandate } from './handlers/whoAsks.ts';
import type {
  DisclosureVisit,
  FindingVisit,
  Handler,
  MailVisit,
  RequestVisit,
  StaffVisit,
  StopVisit,
  TicketVisit,
  Visit,
} from './visit.ts';

interface Entry<M, V extends Visit> {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly may: M;
  readonly handler: Handler<V>;
}

export type PageName = 'queue' | 'mails' | 'findings' | 'disclosures' | 'retention' | 'rehearsals' | 'staff' | 'help';

/** Who may call it, and what the handler is handed: the guard of that kind finds the record and asks about it. */
export type Route =
  | Entry<'anybody', Visit>
  | Entry<'signed-in', StaffVisit>
  | Entry<readonly ['read', 'Page', PageName], StaffVisit>
  | Entry<readonly [Actions['Ticket'], 'Ticket'], TicketVisit>
  | Entry<readonly [Actions['Request'], 'Request'], RequestVisit>
  | Entry<readonly [Actions['Mail'], 'Mail'], MailVisit>
  | Entry<readonly [Actions['Finding'], 'Finding'], FindingVisit>
  | Entry<readonly [Actions['Disclosure'], 'Disclosure'], DisclosureVisit>
  | Entry<readonly [Actions['Stop'], 'Stop'], StopVisit>;

/** Every page of the console and who may use it. */
export const routes: readonly Route[] = [
  { method: 'get', path: '/sign-in', may: 'anybody', handler: showSignIn },
  { method: 'post', path: '/sign-in', may: 'anybody', handler: signIn },
  { method: 'post', path: '/sign-out', may: 'signed-in', handler: signOut },

  { method: 'get', path: '/', may: ['read', 'Page', 'queue'], handler: showQueue },
  { method: 'get', path: '/mails', may: ['read', 'Page', 'mails'], handler: listMails },
  { method: 'get', path: '/findings', may: ['read', 'Page', 'findings'], handler: listFindings },
  { method: 'get', path: '/retention', may: ['read', 'Page', 'retention'], handler: showRetention },
  { method: 'post', path: '/retention/count', may: ['read', 'Page', 'retention'], handler: countRetention },
  { method: 'post', path: '/retention/:rule/allow', may: ['allow', 'Stop'], handler: allowSweep },
  { method: 'get', path: '/disclosures', may: ['read', 'Page', 'disclosures'], handler: listDisclosures },
  { method: 'post', path: '/disclosures', may: ['read', 'Page', 'disclosures'], handler: proposeDisclosure },
  { method: 'post', path: '/disclosures/:id/approve', may: ['approve', 'Disclosure'], handler: approveDisclosure },
  { method: 'post', path: '/disclosures/:id/withdraw', may: ['withdraw', 'Disclosure'], handler: withdrawDisclosure },
  { method: 'get', path: '/rehearsals', may: ['read', 'Page', 'rehearsals'], handler: listRehearsals },
  { method: 'post', path: '/rehearsals', may: ['read', 'Page', 'rehearsals'], handler: rehearseRequest },
  { method: 'post', path: '/rehearsals/test', may: ['read', 'Page', 'rehearsals'], handler: openTestRequest },
  { method: 'get', path: '/staff', may: ['read', 'Page', 'staff'], handler: listStaff },
  { method: 'post', path: '/staff/:id/review', may: ['read', 'Page', 'staff'], handler: reviewAccess },
  { method: 'post', path: '/staff/assessments', may: ['read', 'Page', 'staff'], handler: recordAssessment },
  { method: 'get', path: '/help', may: ['read', 'Page', 'help'], handler: showHelp },

  { method: 'get', path: '/tickets/:id', may: ['read', 'Ticket'], handler: showTicket },
  { method: 'post', path: '/tickets/:id/show', may: ['read', 'Ticket'], handler: showForReason },
  { method: 'post', path: '/tickets/:id/reply', may: ['reply', 'Ticket'], handler: replyToTicket },
  { method: 'post', path: '/tickets/:id/note', may: ['note', 'Ticket'], handler: addNote },
  { method: 'post', path: '/tickets/:id/assign', may: ['assign', 'Ticket'], handler: assignTicket },
  { method: 'post', path: '/tickets/:id/close', may: ['close', 'Ticket'], handler: closeTicket },
  { method: 'post', path: '/tickets/:id/reopen', may: ['reopen', 'Ticket'], handler: reopenTicket },
  { method: 'post', path: '/tickets/:id/letters/:letter/retry', may: ['retry', 'Ticket'], handler: retryLetter },
  { method: 'post', path: '/tickets/:id/mails/:mail/raw', may: ['download', 'Ticket'], handler: downloadTicketMail },

  { method: 'get', path: '/requests/:id', may: ['read', 'Request'], handler: showRequest },
  { method: 'get', path: '/requests/:id/receipt', may: ['read', 'Request'], handler: showReceipt },
  { method: 'get', path: '/requests/:id/receipt.json', may: ['read', 'Request'], handler: downloadReceipt },
  { method: 'get', path: '/requests/:id/delivery', may: ['read', 'Request'], handler: showDelivery },
  { method: 'get', path: '/requests/:id/delivery.json', may: ['read', 'Request'], handler: downloadDelivery },
  { method: 'get', path: '/requests/:id/restrictions/:hold/receipt', may: ['read', 'Request'], handler: showEnd },
  {
    method: 'get',
    path: '/requests/:id/restrictions/:hold/receipt.json',
    may: ['read', 'Request'],
    handler: downloadEnd,
  },
  { method: 'post', path: '/requests/:id/challenge', may: ['challenge', 'Request'], handler: challengeAgain },
  { method: 'post', path: '/requests/:id/preview', may: ['preview', 'Request'], handler: makePreview },
  { method: 'post', path: '/requests/:id/propose', may: ['propose', 'Request'], handler: proposePreview },
  { method: 'post', path: '/requests/:id/approve', may: ['approve', 'Request'], handler: approvePreview },
  { method: 'post', path: '/requests/:id/answer', may: ['answer', 'Request'], handler: answerRequest },
  { method: 'post', path: '/requests/:id/weigh', may: ['decide', 'Request'], handler: weighDecision },
  { method: 'post', path: '/requests/:id/decide', may: ['decide', 'Request'], handler: takeDecision },
  { method: 'post', path: '/requests/:id/shown', may: ['decide', 'Request'], handler: nameShown },
  { method: 'post', path: '/requests/:id/look', may: ['decide', 'Request'], handler: lookAtShown },
  { method: 'post', path: '/requests/:id/withdraw', may: ['withdraw', 'Request'], handler: withdrawRequest },
  { method: 'post', path: '/requests/:id/mandate', may: ['locate', 'Request'], handler: seeMandate },
  { method: 'post', path: '/requests/:id/residence', may: ['locate', 'Request'], handler: locatePerson },
  { method: 'post', path: '/requests/:id/concerns', may: ['locate', 'Request'], handler: concernsAccount },
  { method: 'post', path: '/requests/:id/recipients/:notice/done', may: ['tell', 'Request'], handler: recipientDone },
  { method: 'post', path: '/requests/:id/recipients/:notice/again', may: ['tell', 'Request'], handler: recipientAgain },
  {
    method: 'post',
    path: '/requests/:id/recipients/:notice/waive',
    may: ['waive', 'Request'],
    handler: recipientExcused,
  },
  {
    method: 'post',
    path: '/requests/:id/restrictions/:hold/name',
    may: ['restrict', 'Request'],
    handler: nameRestriction,
  },
  { method: 'post', path: '/requests/:id/restrictions/:hold/lift', may: ['lift', 'Request'], handler: liftRestriction },
  { method: 'post', path: '/requests/:id/look-again', may: ['lookAgain', 'Request'], handler: lookAgain },
  { method: 'post', path: '/requests/:id/leave', may: ['leave', 'Request'], handler: leaveAsItIs },
  { method: 'post', path: '/requests/:id/release', may: ['release', 'Request'], handler: eraseWithoutCopy },
  { method: 'post', path: '/requests/:id/extend', may: ['extend', 'Request'], handler: extendRequest },
  { method: 'post', path: '/requests/:id/refuse', may: ['refuse', 'Request'], handler: refuseRequest },

  { method: 'post', path: '/mails/:id/raw', may: ['download', 'Mail'], handler: downloadMail },
  { method: 'post', path: '/findings/:id/resolve', may: ['resolve', 'Finding'], handler: resolveFinding },
];
