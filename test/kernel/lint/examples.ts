import type { LintCode } from '../../../packages/core/src/kernel/lint/lintCodes.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import type { Edit } from '../policy/editedPack.ts';

/** What to change in the pack sdance-ai; nothing where the pack as it is serves as the example. */
export interface Example {
  readonly bad?: readonly Edit[];
  readonly good?: readonly Edit[];
  /** What no text of the pack can say, since the kinds of its clauses stand in the register. */
  readonly turn?: (policy: Policy) => Policy;
  /** Where the bad one is found. */
  readonly where: string;
}

const fal = 'agreement: { reference: DPA-FAL-1, signed: 2026-01-12, expires: 2030-12-31 }';
const until = (day: string): Edit => [fal, fal.replace('2030-12-31', day)];
const access = 'access: { executor: engine, respondWithin: P30D, from: notice';
const floor = 'atLeast: P8Y, fromEndOf: year, source: "§147(3) and (4) AO (DE)"';
const training: Edit = [
  'label: Use my uploads and results to train and improve\n',
  'label: Use my uploads and results to train and improve\n    asks: opt-out\n',
];

function withWaitingList(policy: Policy): Policy {
  const subject = { by: 'address', field: 'email' } as const;
  const waiting = { name: 'waiting', subject, anchors: {}, predicates: {}, fields: [] };
  const { inventory } = policy;
  return { ...policy, inventory: { ...inventory, collections: [...inventory.collections, waiting] } };
}

function withoutRetentionClauses(policy: Policy): Policy {
  const clauses = policy.clauses.map((one) => (one.kind === 'retention' ? { ...one, kind: 'collects' } : one));
  return { ...policy, clauses };
}

/** One bad and one good example of every code. */
export const examples: Readonly<Record<LintCode, Example>> = {
  ADDRESSES_UNVERIFIED: { turn: withWaitingList, where: 'collections.waiting' },
  AGREEMENT_EXPIRED: { bad: [until('2026-03-19')], where: 'recipients.fal-ai' },
  AGREEMENT_EXPIRING: { bad: [until('2026-03-20')], where: 'recipients.fal-ai' },
  ANNOUNCED_DATE_ABSENT: { good: [[/^notice:$/m, 'notice:\n  lastUpdated: 2026-01-15']], where: 'notice.changes' },
  ANNOUNCED_LIST_EMPTY: { good: [['listed: []', 'listed: [creem, cloudflare]']], where: 'notice.third-parties' },
  CARD_NUMBER_COLLECTED: {
    bad: [
      [
        'categories:\n',
        'categories:\n  payment.card: { label: Card, held: recipient, clause: sdance-ai.collects.payment }\n',
      ],
      ['      - categories.payment.record\n', '      - categories.payment.record\n      - categories.payment.card\n'],
    ],
    where: 'categories.payment.card',
  },
  CATEGORY_WITHOUT_PERIOD: {
    bad: [['covers: [log.network, log.device, log.session, usage]', 'covers: [log.network, log.device, log.session]']],
    where: 'categories.usage',
  },
  CHILDREN_BELOW_STATUTE: { bad: [['    DE: 16\n', '    DE: 15\n']], where: 'children.minimum-age' },
  CONSENT_BY_USE: { good: [['acceptance: { by: use', 'acceptance: { by: act']], where: 'notice.acceptance' },
  CONSENT_GATES_NOTHING: {
    bad: [
      [
        'gates: { purposes: [training, improvement], categories: [generation] }',
        'gates: { purposes: [training, improvement], categories: [account.age] }',
      ],
      [
        /basis: consent\n {4}categories: \[generation\]\n {4}clause: sdance-ai.never.training-without-consent\n {2}training.provider/,
        'basis: contract\n    categories: [generation]\n    clause: sdance-ai.never.training-without-consent\n  training.provider',
      ],
    ],
    where: 'consents.training',
  },
  EXCEPTION_LIST_EMPTY: {
    bad: [['unlisted: [recipients]', 'unlisted: [recipients]\n    exceptions: []']],
    good: [['unlisted: [recipients]', 'unlisted: [recipients]\n    exceptions: [creem]']],
    where: 'never.unlisted-recipient',
  },
  GROUND_UNKNOWN: {
    bad: [['article: Art 17(3)(b) GDPR', 'article: Art 17(3)(f) GDPR']],
    where: 'retention.payments',
  },
  MODEL_OPERATOR_UNLISTED: {
    bad: [
      ['kind: model-provider', 'kind: infrastructure'],
      [/^notice:$/m, 'notice:\n  poweredBy: { operator: Somebody, clause: sdance-ai.recipient.models }'],
      ['kept-by: [recipients.fal-ai] }', 'kept-by: [recipients.fal-ai, notice.powered-by] }'],
    ],
    good: [
      [/^notice:$/m, 'notice:\n  poweredBy: { operator: Somebody, clause: sdance-ai.recipient.models }'],
      ['kept-by: [recipients.fal-ai] }', 'kept-by: [recipients.fal-ai, notice.powered-by] }'],
    ],
    where: 'notice.powered-by',
  },
  NOTICE_NARROWER_THAN_STATUTE: {
    bad: [[access, 'access: { executor: engine, from: statute']],
    where: 'rights.access',
  },
  NO_RETENTION_STATED: { turn: withoutRetentionClauses, where: 'retention' },
  NO_RIGHTS_STATED: {
    bad: [[/respondWithin: P30D, from: notice, clause: sdance-ai\.right/g, 'from: statute, clause: sdance-ai.right']],
    where: 'rights',
  },
  PERIOD_CHOSEN_BY_OPERATOR: {
    good: [['keeps: { period: P30D, from: operator }', 'keeps: { period: P30D, from: notice }']],
    where: 'recipients.fal-ai.keeps',
  },
  PERIOD_NOT_STATED: {
    bad: [
      [
        '    openEnded: true\n    clause: sdance-ai.retention.account',
        '    openEnded: true\n    clause: sdance-ai.collects.account',
      ],
      [
        'sdance-ai.retention.account, kept-by: [retention.account]',
        'sdance-ai.retention.account, kept-by: [retention.credits]',
      ],
      ['      - categories.account.history\n', '      - categories.account.history\n      - retention.account\n'],
    ],
    where: 'retention.account',
  },
  PROHIBITED_CATEGORY: {
    bad: [['categories: [payment.card]', 'categories: [payment.card, account.age]']],
    where: 'categories.account.age',
  },
  PURPOSE_REACHES_NOTHING: {
    bad: [
      [
        'categories: [log.cookie]\n    clause: sdance-ai.cookie.performance',
        'categories: [payment.card]\n    clause: sdance-ai.cookie.performance',
      ],
    ],
    where: 'purposes.analytics.performance',
  },
  RECIPIENT_WITHOUT_AGREEMENT: { bad: [[`    ${fal}\n`, '']], where: 'recipients.fal-ai' },
  RECIPIENT_WITHOUT_TERMS: {
    good: [
      [
        'purposes: [communication, service.account, service.support, legal.rights]\n',
        'purposes: [communication, service.account, service.support, legal.rights]\n    terms: "https://mail.example"\n',
      ],
    ],
    where: 'recipients.email-provider',
  },
  RETENTION_ABOVE_CEILING: {
    bad: [['keeps: { period: P30D, from: operator }', 'keeps: { period: P31D, from: operator }']],
    where: 'recipients.fal-ai.keeps',
  },
  RETENTION_BELOW_FLOOR: { bad: [[floor, floor.replace('P8Y', 'P7Y')]], where: 'retention.payments' },
  RIGHT_WITHOUT_EXECUTOR: {
    bad: [
      [/ {2}portability: [^\n]+\n/, ''],
      ['kept-by: [rights.portability]', 'kept-by: [rights.access]'],
      [/ {6}- rights\.portability\n/, ''],
    ],
    where: 'rights.portability',
  },
  RULE_WITHOUT_PROMISE: {
    bad: [['kept-by: [security.encryption-at-rest]', 'kept-by: [security.tls]']],
    where: 'security.encryption-at-rest',
  },
  SALE_PURPOSE: {
    bad: [
      ['  business-transfer:\n    label', '  sale:\n    label'],
      ['purposes.business-transfer]', 'purposes.sale]'],
      ['purposes: [business-transfer]', 'purposes: [legal.claims]'],
    ],
    where: 'purposes.sale',
  },
  SALE_RECIPIENT: { bad: [['kind: payment-processor', 'kind: buyer']], where: 'recipients.creem' },
  THIRD_COUNTRY_WITHOUT_SAFEGUARD: {
    bad: [['    safeguard: standard-contractual-clauses\n', '']],
    where: 'recipients.cloudflare',
  },
  TRAINING_OPT_OUT: { bad: [training], where: 'consents.training' },
  TRAINING_OPT_OUT_ENFORCED: {
    bad: [[training[0], `${training[1]}    givenIn: [eu-gdpr]\n`]],
    good: [[training[0], `${training[1]}    givenIn: [us-ca]\n`]],
    where: 'consents.training',
  },
  VAGUE_PERIOD: {
    good: [
      [
        'covers: [account]\n    keep: { atMost: P30D, from: operator }',
        'covers: [account]\n    keep: { atMost: P30D, from: notice }',
      ],
    ],
    where: 'retention.account',
  },
};

/** What makes a clean pack of it: every number published, every list filled, nothing taken for a consent. */
export const clean: readonly Edit[] = [
  [/from: operator/g, 'from: notice'],
  ['acceptance: { by: use', 'acceptance: { by: act'],
  ['listed: []', 'listed: [creem, cloudflare, email-provider, fal-ai]'],
  [/^notice:$/m, 'notice:\n  lastUpdated: 2026-01-15'],
  [
    '    categories: [account.contact, account.profile, support.conversation]\n',
    '    categories: [account.contact, account.profile, support.conversation]\n    terms: "https://mail.example/privacy"\n',
  ],
];
