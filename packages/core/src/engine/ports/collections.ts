/** Kept's own collections; their names in the database start with `kept_`. */
export type CollectionName =
  | 'identifiers'
  | 'consents'
  | 'objections'
  | 'holds'
  | 'stamps'
  | 'requests'
  | 'tickets'
  | 'messages'
  | 'mails'
  | 'outbox'
  | 'runs'
  | 'units'
  | 'findings'
  | 'approvals'
  | 'receipts'
  | 'staff'
  | 'sessions'
  | 'attempts'
  | 'policies'
  | 'acceptances'
  | 'uses'
  | 'disclosures'
  | 'disclosureProposals'
  | 'notifications'
  | 'transfers'
  | 'packages'
  | 'links'
  | 'views'
  | 'assessments'
  | 'leases'
  | 'evidence'
  | 'evidenceDetails';

/** Lists of fields: keys that are unique, and the indexes that queries need. */
export interface CollectionIndexes {
  readonly unique: readonly (readonly string[])[];
  readonly index: readonly (readonly string[])[];
}

export const collections: Readonly<Record<CollectionName, CollectionIndexes>> = {
  identifiers: { unique: [['service', 'kind', 'value', 'subject']], index: [['service', 'subject']] },
  consents: { unique: [['service', 'subject']], index: [] },
  objections: { unique: [['service', 'subject']], index: [] },
  stamps: { unique: [], index: [] },
  holds: { unique: [], index: [['service', 'subject']] },
  requests: {
    unique: [],
    index: [
      ['service', 'status', 'dueOn'],
      ['service', 'subject'],
      ['service', 'answerSentAt', 'dueOn'],
      ['ticket'],
      ['service', 'shownIn.record'],
    ],
  },
  tickets: {
    unique: [['service', 'number']],
    index: [
      ['service', 'status', 'dueOn', 'receivedAt'],
      ['service', 'priority', 'status', 'dueOn'],
      ['service', 'from.address'],
      ['service', 'subject'],
    ],
  },
  messages: { unique: [], index: [['ticket', 'at']] },
  mails: { unique: [], index: [['service', 'state', 'receivedAt'], ['ticket']] },
  outbox: {
    unique: [['service', 'occasion'], ['messageId']],
    index: [['service', 'state', 'nextAttemptAt'], ['service', 'to', 'queuedAt'], ['ticket']],
  },
  runs: {
    unique: [],
    index: [
      ['service', 'kind', 'rule', 'startedAt'],
      ['service', 'kind', 'notable', 'startedAt'],
    ],
  },
  units: {
    unique: [],
    index: [
      ['run', 'state', '_id'],
      ['service', 'state', 'run'],
      ['service', 'retryAt'],
    ],
  },
  findings: { unique: [], index: [['service', 'resolvedAt', 'severity']] },
  approvals: { unique: [], index: [['service', 'rule']] },
  receipts: { unique: [['request']], index: [] },
  staff: { unique: [['service', 'email']], index: [] },
  sessions: { unique: [], index: [['staff']] },
  attempts: { unique: [], index: [] },
  policies: { unique: [], index: [] },
  acceptances: { unique: [['service', 'subject', 'policyVersion']], index: [] },
  uses: {
    unique: [],
    index: [
      ['service', 'subject', 'at'],
      ['service', 'set', '_id'],
      ['service', 'kind', 'at'],
    ],
  },
  disclosures: {
    unique: [],
    index: [
      ['service', 'subject', 'at'],
      ['service', 'at'],
      ['service', 'recipient', 'at'],
      ['service', 'copyEndedAt', 'recipientKeepsUntil'],
    ],
  },
  disclosureProposals: {
    unique: [],
    index: [
      ['service', 'closedAt', 'at'],
      ['service', 'subject'],
    ],
  },
  notifications: {
    unique: [],
    index: [
      ['service', 'state', 'nextAt'],
      ['service', 'request'],
      ['service', 'queuedAt'],
    ],
  },
  links: {
    unique: [['token']],
    index: [
      ['service', 'subject'],
      ['service', 'collection', '_id'],
    ],
  },
  views: {
    unique: [],
    index: [
      ['service', 'subject', 'at'],
      ['service', 'at'],
    ],
  },
  assessments: { unique: [], index: [['service', 'on']] },
  transfers: { unique: [], index: [['service', 'prepared.at']] },
  packages: {
    unique: [['request']],
    index: [
      ['service', 'subject'],
      ['service', 'state', 'availableUntil'],
    ],
  },
  leases: { unique: [], index: [] },
  evidence: { unique: [['service', 'partition', 'seq']], index: [['service', 'aggregate.kind', 'aggregate.id']] },
  evidenceDetails: { unique: [], index: [] },
};
