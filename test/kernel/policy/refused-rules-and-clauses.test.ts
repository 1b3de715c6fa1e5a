import { describe } from '@jest/globals';
import { refusals, videosWith } from './refusals.ts';

describe('rules that do not fit together', () => {
  refusals([
    [
      'two rules for one category',
      { policy: [['covers: [support]', 'covers: [support, credit.balance]']] },
      'RULE_OVERLAP',
      /"support" and "credits" both cover "credit.balance"/,
      /one rule/,
    ],
    [
      'a floor above its ceiling',
      { policy: [videosWith('{ atMost: P30D, atLeast: P6M, from: notice }')] },
      'RULE_CONTRADICTORY',
      /at least P6M and at most P30D/,
      /lower atLeast/,
    ],
    ['a rule without a period', { policy: [videosWith('{ from: notice }')] }, 'MISSING_KEY', /no period/, /atMost/],
    [
      'a statute that is not named',
      { policy: [videosWith('{ atMost: P30D, from: statute }')] },
      'MISSING_KEY',
      /without naming it/,
      /source/,
    ],
    [
      'a period that the operator’s country lacks',
      { policy: [['country: DE #', 'country: FR #']] },
      'MISSING_KEY',
      /country FR/,
      /add FR/,
    ],
    [
      'what an erasure leaves without a ground',
      {
        policy: [
          [/ {4}ground:\n {6}\{? ?article: Art 5\(2\)[^\n]+\n[^\n]*\n| {4}ground: \{ article: Art 5\(2\)[^\n]+\n/, ''],
        ],
      },
      'RULE_CONTRADICTORY',
      /rights-records/,
      /ground/,
    ],
    [
      'a statutory floor that an erasure would end',
      {
        policy: [
          ['    since: paid\n    onErasure: detach\n', '    since: paid\n'],
          [/ {4}ground: \{ article: Art 17[^\n]+\n/, ''],
        ],
      },
      'RULE_CONTRADICTORY',
      /statute keeps/,
      /detach/,
    ],
    [
      'a grace without what it follows',
      { policy: [['    unless: saved\n', '']] },
      'RULE_CONTRADICTORY',
      /grace/,
      /unless/,
    ],
    [
      'a promise never to do what it does not name',
      { policy: [['    purposes: [sale, marketing.third-party]\n    recipientKinds: [buyer, advertiser]\n', '']] },
      'RULE_WITHOUT_FORCE',
      /"never.sale" forbids nothing/,
      /purposes, recipientKinds/,
    ],
    [
      'a period for nothing',
      { policy: [['covers: [support]', 'covers: []']] },
      'RULE_WITHOUT_FORCE',
      /"retention.support" covers nothing/,
      /categories/,
    ],
    [
      'a clause whose rule is broken, with the names of those that are not',
      { policy: [['- id: support', '- ids: support']] },
      'CLAUSE_DANGLING',
      /"retention.support", which does not exist/,
      /^(?!.*undefined)/,
    ],
    [
      'silence as a yes to a flag that waits for one',
      { policy: [['improve\n    gates:', 'improve\n    givenIn: [us-ca]\n    gates:']] },
      'RULE_CONTRADICTORY',
      /"training" waits for a yes/,
      /remove givenIn/,
    ],
    [
      'a period for a right that the notice does not promise',
      {
        policy: [
          [
            'access: { executor: engine, respondWithin: P30D, from: notice',
            'access: { executor: engine, respondWithin: P30D, from: statute',
          ],
        ],
      },
      'RULE_CONTRADICTORY',
      /does not promise "access"/,
      /remove respondWithin/,
    ],
    [
      'a rule written twice',
      { policy: [['- id: credits', '- id: account']] },
      'DUPLICATE',
      /"account" is written twice/,
      /rename/,
    ],
    [
      'a clause kept by a rule that does not exist',
      { policy: [['kept-by: [retention.payments]', 'kept-by: [retention.payment]']] },
      'CLAUSE_DANGLING',
      /retention.payment"/,
      /"retention.payments"/,
    ],
    [
      'a clause kept by nothing',
      { policy: [['kept-by: [retention.payments]', 'kept-by: []']] },
      'CLAUSE_DANGLING',
      /nothing keeps/,
      /at least one/,
    ],
    [
      'a rule for a clause that is not listed',
      {
        policy: [['    clause: sdance-ai.retention.videos-30-days', '    clause: sdance-ai.retention.videos-60-days']],
      },
      'CLAUSE_UNKNOWN',
      /videos-60-days/,
      /videos-30-days/,
    ],
    [
      'a rule whose clause has lost its entry to a broken list',
      { policy: [[/^clauses:\n(?: .*\n|\n)+/m, 'clauses: [retention]\n\n']] },
      'CLAUSE_UNKNOWN',
      /videos-30-days/,
      /^list it under clauses:$/,
    ],
    [
      'a clause of another pack',
      { policy: [['- { id: sdance-ai.never.sale,', '- { id: seedance25.never.sale,']] },
      'CLAUSE_FOREIGN',
      /seedance25.never.sale/,
      /sdance-ai\./,
    ],
    [
      'a clause that the register has and the pack lacks',
      {
        policy: [
          [/ {2}- \{ id: sdance-ai\.retention\.account[^\n]+\n/, ''],
          [/(covers: \[account\][\s\S]*?clause: )sdance-ai\.retention\.account/, '$1sdance-ai.retention.as-necessary'],
        ],
      },
      'CLAUSE_MISSING',
      /sdance-ai.retention.account/,
      /add it/,
    ],
    [
      'a clause that the register does not have',
      {
        policy: [
          [
            '  - { id: sdance-ai.never.sale,',
            '  - { id: sdance-ai.never.lend, kept-by: [never.sale] }\n  - { id: sdance-ai.never.sale,',
          ],
        ],
      },
      'CLAUSE_UNKNOWN',
      /never.lend/,
      /./,
    ],
    [
      'a cookie that waits for a flag nobody has',
      { policy: [['consent: analytics-cookies', 'consent: analytic-cookies']] },
      'UNKNOWN_WORD',
      /analytic-cookies/,
      /"analytics-cookies"/,
    ],
    [
      'a purpose resting on a consent that nothing gates',
      { policy: [['purposes: [analytics.usage], categories', 'purposes: [marketing], categories']] },
      'RULE_CONTRADICTORY',
      /analytics.usage/,
      /flag/,
    ],
    [
      'a third party on the list that is no recipient',
      { policy: [['listed: []', 'listed: [creme]']] },
      'UNKNOWN_WORD',
      /creme/,
      /"creem"/,
    ],
  ]);
});
