import { expect, test } from '@jest/globals';
import { diffPolicies } from '../../../packages/core/src/kernel/change/diffPolicies.ts';
import { type Edit, editedPack, policyWith } from '../policy/editedPack.ts';

const before = policyWith();

/** Direction, materiality, rule and words of each difference that these edits of the pack make. */
function differences(...edits: readonly Edit[]): string[] {
  return said(policyWith(...edits));
}

function said(after: ReturnType<typeof policyWith>): string[] {
  return diffPolicies(before, after).map(
    ({ direction, material, rule, text }) => `${direction} ${material ? 'material' : 'immaterial'} ${rule}: ${text}`,
  );
}

test.each<[string, readonly Edit[], readonly string[]]>([
  [
    'a longer ceiling loosens, and says both periods',
    [['keep: { atMost: P30D, from: notice }', 'keep: { atMost: P60D, from: notice }']],
    ['loosens material retention.generated-videos: Generations: kept at most 60 days instead of 30 days'],
  ],
  [
    'a shorter ceiling tightens',
    [['keep: { atMost: P30D, from: notice }', 'keep: { atMost: P2W, from: notice }']],
    ['tightens material retention.generated-videos: Generations: kept at most 2 weeks instead of 30 days'],
  ],
  [
    'a month in place of thirty days may be longer, so it loosens',
    [['keep: { atMost: P30D, from: notice }', 'keep: { atMost: P1M, from: notice }']],
    ['loosens material retention.generated-videos: Generations: kept at most 1 month instead of 30 days'],
  ],
  [
    'more time after an undone saving loosens, another date to count from does too',
    [['grace: { since: unsaved, keep: P7D, from: operator }', 'grace: { since: unsaved, keep: P9D, from: operator }']],
    ['loosens material retention.generated-videos: Generations, for what was saved: at most 9 days instead of 7 days'],
  ],
  [
    'a shorter floor of the statute loosens',
    [['DE: { atLeast: P8Y, fromEndOf: year', 'DE: { atLeast: P6Y, fromEndOf: year']],
    [
      'loosens material retention.payments: Payments: kept at least 6 years from the end of the year instead of 8 years from the end of the year',
    ],
  ],
  [
    'another legal basis than consent loosens',
    [
      [
        'label: Train the service or the models beneath it\n    basis: consent',
        'label: Train the service or the models beneath it\n    basis: legitimate-interest',
      ],
    ],
    [
      'loosens material purposes.training: Train the service or the models beneath it: the legal basis is legitimate interest instead of consent',
    ],
  ],
  [
    'a purpose that reaches a wider category loosens; one that it reached by the wider word already changes nothing',
    [
      [
        'categories: [generation.reference, generation.output, log.network, log.cookie]\n    clause: sdance-ai.purpose.generation',
        'categories: [generation, generation.output, log.network, log.cookie]\n    clause: sdance-ai.purpose.generation',
      ],
    ],
    [
      'loosens material purposes.service.delivery: Store and deliver uploads and results: reaches from now on Generations, and not only Generated videos and audio, Uploaded images and photos',
    ],
  ],
  [
    'less to which a purpose reaches tightens',
    [
      [
        'categories: [payment, credit, account.contact]\n    clause: sdance-ai.purpose.account',
        'categories: [payment.record, credit]\n    clause: sdance-ai.purpose.account',
      ],
    ],
    [
      'tightens material purposes.service.payment: Payments, credits and plans: no longer reaches Email address, Payments, except Amount, date, invoice',
    ],
  ],
  [
    'a purpose that names what a limit of use protects loosens, although a wider word of it stood there',
    [['    categories: [usage, log]\n', '    categories: [usage, log, log.api]\n']],
    [
      'loosens material purposes.improvement.debugging: Find and mend faults: reaches from now on API calls: request, parameters',
    ],
  ],
  [
    'a recipient that moves to another country loosens, there and back again',
    [['kind: infrastructure\n    country: US', 'kind: infrastructure\n    country: CN']],
    ['loosens material recipients.cloudflare: Cloudflare: receives it in CN instead of US'],
  ],
  [
    'a recipient that may train on what it gets loosens',
    [
      [
        'keeps: { period: P30D, from: operator }\n    terms: "https://fal.ai/privacy"\n    trainsOnData: false',
        'keeps: { period: P90D, from: operator }\n    terms: "https://fal.ai/terms"\n    trainsOnData: true',
      ],
    ],
    [
      'neither immaterial recipients.fal-ai: fal: the link to its terms is "https://fal.ai/terms" instead of "https://fal.ai/privacy"',
      'loosens material recipients.fal-ai: fal: keeps what it receives for 90 days instead of 30 days',
      'loosens material recipients.fal-ai: fal: may train on what it receives',
    ],
  ],
  [
    'a renewed agreement is no material change',
    [
      [
        'agreement: { reference: DPA-FAL-1, signed: 2026-01-12, expires: 2030-12-31 }',
        'agreement: { reference: DPA-FAL-2, signed: 2026-01-12, expires: 2032-12-31 }',
      ],
    ],
    [
      'neither immaterial recipients.fal-ai: fal: agreement DPA-FAL-2 until 2032-12-31 instead of DPA-FAL-1 until 2030-12-31',
    ],
  ],
  [
    'silence that counts as a yes loosens',
    [
      [
        '  analytics-cookies:\n    label: Analytics cookies\n',
        '  analytics-cookies:\n    asks: opt-out\n    givenIn: [us-va]\n    label: Analytics cookies\n',
      ],
    ],
    [
      'loosens material consents.analytics-cookies: Analytics cookies: goes on until somebody says no',
      'loosens material consents.analytics-cookies: Analytics cookies: silence counts as a yes from now on under us-va',
    ],
  ],
  [
    'a lower age loosens, where a country has none of its own; a higher one tightens where it is',
    [
      ['minimumAge: 13', 'minimumAge: 12'],
      ['    HU: 16\n', '    HU: 17\n'],
    ],
    [
      'loosens material children.minimum-age: Least age: 12 instead of 13',
      'tightens material children.minimum-age: Least age, in HU: 17 instead of 16',
    ],
  ],
  [
    'cookies that wait for nobody any more loosen',
    [['    needsConsent: true\n    consent: performance-cookies\n', '    needsConsent: false\n']],
    [
      'loosens material cookies.performance: Cookies (performance): set without being asked for',
      'loosens material cookies.performance: Cookies (performance): waits for no consent instead of performance-cookies',
    ],
  ],
  [
    'content that is open at first, and seen by staff for more, loosens',
    [
      ['  default: private', '  default: public'],
      ['staffPurposes: [safety.moderation,', 'staffPurposes: [safety.moderation, improvement,'],
    ],
    [
      'loosens material visibility.default: Content: seen by everybody unless its owner hides it',
      'loosens material visibility.default: Content: staff may see it from now on for Improve the service',
    ],
  ],
  [
    'a prohibition that holds for less loosens',
    [['recipientKinds: [buyer, advertiser]', 'recipientKinds: [buyer]']],
    ['loosens material never.sale: Personal data is never sold: no longer holds towards Advertiser'],
  ],
  [
    'a later answer and another address are material, and only the first loosens',
    [['address: support@sdanceai.com\n  respondWithin: P30D', 'address: help@sdanceai.com\n  respondWithin: P45D']],
    [
      'neither material contact.inquiries: Questions: the address is help@sdanceai.com instead of support@sdanceai.com',
      'loosens material contact.inquiries: Questions: answered within 45 days instead of 30 days',
    ],
  ],
  [
    'a measure that comes round more rarely loosens, and nobody is written to for it',
    [['every: { period: P90D, from: operator }', 'every: { period: P180D, from: operator }']],
    ['loosens immaterial security.access-review: Staff accounts are reviewed: every 180 days instead of 90 days'],
  ],
  [
    'a changed label and source are not material',
    [
      [
        'label: Email address\n    source: the person or the sign-in provider',
        'label: Mail address\n    source: the person',
      ],
    ],
    [
      'neither immaterial categories.account.contact: Mail address: the name is "Mail address" instead of "Email address"',
      'neither immaterial categories.account.contact: Mail address: the source is "the person" instead of "the person or the sign-in provider"',
    ],
  ],
])('%s', (_title, edits, expected) => {
  expect(differences(...edits)).toEqual(expected);
});

test('a growing inventory is neither loosening nor material; one that leaves data out of exports loosens', () => {
  const grown = editedPack({
    inventory: [
      ['      lastUsedAt: account.api-key', '      lastUsedAt: account.api-key\n      note: account.api-key'],
    ],
  });
  const lost = editedPack({
    inventory: [['      status: log.error\n', '      status: { category: log.error, export: never }\n']],
  });
  if (!('policy' in grown) || !('policy' in lost)) throw new Error('the inventory does not compile');
  expect(said(grown.policy)).toEqual([
    'neither immaterial inventory.collections.apiKeys: Inventory, apiKeys: is described differently',
  ]);
  expect(said(lost.policy)).toEqual([
    'loosens immaterial inventory.collections.apiLogs: Inventory, apiLogs: no longer exports status',
  ]);
});

test('a narrower consent that takes the place of a wider one loosens only where its silence is a yes', () => {
  const flag = (more: string): Edit => [
    'consents:\n',
    `consents:\n  tuning:\n    label: Tune models\n${more}    gates: { purposes: [training], categories: [generation.output] }\n    clause: sdance-ai.never.training-without-consent\n`,
  ];
  const clause: Edit = [
    'kept-by: [consents.training, consents.provider-training,',
    'kept-by: [consents.training, consents.tuning, consents.provider-training,',
  ];
  const directions = (edit: Edit): string[] =>
    diffPolicies(before, policyWith(edit, clause))
      .filter(({ section }) => section === 'consents')
      .map(({ direction, text }) => `${direction}: ${text}`);
  expect(directions(flag(''))).toEqual(['neither: Asked for from now on: Tune models']);
  expect(directions(flag('    asks: opt-out\n    givenIn: [us-va]\n'))).toEqual([
    'loosens: Asked for from now on: Tune models',
  ]);
});

test('a purpose that goes may loosen, where a wider one that reaches more takes its questions', () => {
  const edits: Edit[] = [
    [/ {2}improvement\.debugging:\n(?: {4}.*\n)+/, ''],
    [
      'kept-by: [purposes.improvement, purposes.improvement.debugging, consents.training]',
      'kept-by: [purposes.improvement, consents.training]',
    ],
  ];
  expect(differences(...edits).filter((line) => line.includes('purposes.'))).toEqual([
    expect.stringContaining('immaterial clauses.sdance-ai.purpose.improvement'),
    'loosens material purposes.improvement.debugging: No longer a purpose: Find and mend faults',
  ]);
});
