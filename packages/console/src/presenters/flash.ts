const SAID = {
  'signed-out': 'You are signed out.',
  'reply-queued': 'Your reply is on its way.',
  'note-added': 'The note is in the conversation. Only staff see it.',
  'ticket-assigned': 'The ticket is yours.',
  'ticket-released': 'The ticket is free for anybody again.',
  'ticket-closed': 'The ticket is closed.',
  'ticket-reopened': 'The ticket is open again.',
  'letter-retried': 'The letter will be sent again, under the same Message-ID.',
  'link-sent': 'A new one-time link goes to the registered address.',
  'preview-made': 'Counted anew. An earlier proposal or approval no longer counts.',
  'preview-proposed': 'Proposed. Now a second person looks at it and approves.',
  'preview-approved': 'Approved. The erasure starts with the next run.',
  'person-located': 'Noted. The law of that place counts now; the date has not moved later.',
  'account-found': 'Noted. What would be erased is counted now.',
  'request-extended': 'Extended. The person is told why.',
  'request-refused': 'Refused. The person is told the reason and where to complain.',
  'request-decided': 'Decided. It is carried out with the next run, and the person is told.',
  'request-withdrawn': 'Taken back. Nothing of it is carried out.',
  'content-withheld': 'Noted. Nobody but its owner and staff sees it until this is decided.',
  'look-noted': 'Noted that you look. Open the record in the app, then decide here.',
  'look-refused': 'The policy does not let you look for this purpose. That you asked is on record.',
  'account-asked': 'Noted. A one-time link goes to the address registered there.',
  'mandate-seen': 'Noted. The mails that carried the document can no longer be read.',
  'recipient-done': 'Noted. The recipient counts as told.',
  'recipient-excused': 'Noted, with its reason. The person is told who was not told.',
  'recipient-again': 'It is tried again, with as much time as at first.',
  'restriction-named': 'Noted. The restriction stands on this ground.',
  'restriction-ending': 'The person is told first; it ends once that letter was sent.',
  'looked-again': 'Nothing is left, so the erasure is complete. The person is told, with a new receipt.',
  'left-as-it-is': 'It stays as it is. Write to the person in the ticket why.',
  'copy-waived': 'Noted, with its reason. It is erased with the next run; tell the person in the ticket.',
  'test-opened': 'A test request is open. Nothing of the person changes, and its letters go to you.',
  'request-answered': 'Answered. The case is closed.',
  'sweep-allowed':
    'Signed. The next sweep goes through once, as soon as two people have signed, a privacy lead among them.',
  'disclosure-proposed': 'Proposed. Now a privacy lead who is somebody else looks at it and approves.',
  'disclosure-approved': 'Approved. It may be made once, within a week.',
  'disclosure-withdrawn': 'Withdrawn. It can no longer be made.',
  'finding-resolved': 'The finding is resolved.',
  'access-kept': 'Reviewed. The account stays as it is.',
  'access-ended': 'The account has ended, and whoever used it is signed out.',
  'assessment-recorded': 'The assessment is recorded.',
} as const;

/** What happened after a form was sent; only the code travels, so that nobody can write words into a page. */
export type FlashCode = keyof typeof SAID;

export function presentFlash(code: string | undefined): string | undefined {
  return code !== undefined && Object.hasOwn(SAID, code) ? SAID[code as FlashCode] : undefined;
}
