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
