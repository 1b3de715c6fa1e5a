import { advanceRequests } from './advanceRequests.ts';
import { anchorEvidence } from './anchorEvidence.ts';
import { announcePolicy } from './announcePolicy.ts';
import { checkReviews } from './checkReviews.ts';
import { deliverOutbox } from './deliverOutbox.ts';
import { endRecipientCopies } from './endRecipientCopies.ts';
import { endRestrictions } from './endRestrictions.ts';
import { expirePackages } from './expirePackages.ts';
import type { Job } from './job.ts';
import { reviewRecipients } from './reviewRecipients.ts';
import { scanDatabase } from './scanDatabase.ts';
import { sendReminders } from './sendReminders.ts';
import { sequenceEvidence } from './sequenceEvidence.ts';
import { sweepRetention } from './sweepRetention.ts';
import { tellOfTransfers } from './tellOfTransfers.ts';
import { tellRecipients } from './tellRecipients.ts';
import { workMail } from './workMail.ts';

/** All jobs, in the order in which one run's work becomes the next one's. */
export const jobs: readonly Job[] = [
  announcePolicy,
  workMail,
  advanceRequests,
  tellRecipients,
  tellOfTransfers,
  deliverOutbox,
  endRestrictions,
  sweepRetention,
  expirePackages,
  endRecipientCopies,
  reviewRecipients,
  checkReviews,
  sendReminders,
  sequenceEvidence,
  anchorEvidence,
  scanDatabase,
];
