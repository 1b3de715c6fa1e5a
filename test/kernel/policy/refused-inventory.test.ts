import { describe } from '@jest/globals';
import { refusals } from './refusals.ts';

describe('an inventory that does not fit the policy', () => {
  refusals([
    [
      'a category that no field holds',
      {
        policy: [
          [
            'categories:\n',
            'categories:\n  usage.attribution: { label: First visit, clause: sdance-ai.collects.usage }\n',
          ],
        ],
      },
      'CATEGORY_UNUSED',
      /usage.attribution/,
      /held/,
    ],
    [
      'a record governed by a rule that only takes fields out',
      {
        policy: [['since: logged\n', 'since: logged\n    then: redact\n']],
      },
      'RULE_CONTRADICTORY',
      /api-logs/,
      /ends the record/,
    ],
    [
      'a collection that holds data of people and nothing of people',
      { inventory: [['  agendaJobs: names', '  payments: names']] },
      'RULE_CONTRADICTORY',
      /"payments"/,
      /one of the two/,
    ],
    [
      'a field whose category the notice does not name',
      { inventory: [['country: account.residence', 'country: account.language']] },
      'CATEGORY_UNDECLARED',
      /account.language/,
      /categories/,
    ],
    [
      'a field without a category',
      { inventory: [['name: account.profile', 'name:']] },
      'MISSING_KEY',
      /no category/,
      /category/,
    ],
    [
      'an anchor that no governed collection has',
      { inventory: [['anchors: { seen: seenAt }', 'anchors: { opened: createdAt }']] },
      'ANCHOR_UNKNOWN',
      /"seen"/,
      /anchors: \{seen/,
    ],
    [
      'a record without an anchor under a rule that is not open-ended',
      {
        policy: [
          [
            'covers: [credit]\n    keep: { atMost: P30D, from: operator }\n    since: accountClosed\n    openEnded: true',
            'covers: [credit]\n    keep: { atMost: P30D, from: operator }\n    since: accountClosed',
          ],
        ],
      },
      'ANCHOR_UNKNOWN',
      /"credits" counts from "accountClosed", which "creditEntries" lacks/,
      /anchors/,
    ],
    [
      'a predicate that no governed collection has',
      { inventory: [['predicates: { saved: { field: savedAt, exists: true } }', 'predicates: {}']] },
      'PREDICATE_UNKNOWN',
      /"saved"/,
      /predicates/,
    ],
    [
      'a collection under two rules',
      { inventory: [[/ {4}retention: api-logs[^\n]*\n/, '']] },
      'RULE_OVERLAP',
      /api-logs, sessions/,
      /retention:/,
    ],
    [
      'a rule that is looser than a field allows',
      {
        policy: [
          [
            'covers: [log.network, log.device, log.session, usage]\n    keep: { atMost: P90D',
            'covers: [log.network, log.device, log.session, usage]\n    keep: { atMost: P7D',
          ],
        ],
      },
      'RULE_CONTRADICTORY',
      /longer than "sessions"/,
      /sessions/,
    ],
    [
      'a path to the person that goes in a circle',
      { inventory: [['subject: { through: { apiKeys: keyId } }', 'subject: { through: { apiLogs: keyId } }']] },
      'PATH_CIRCULAR',
      /apiLogs → apiLogs/,
      /ref or key/,
    ],
    [
      'a path through a collection that does not exist',
      { inventory: [['subject: { through: { apiKeys: keyId } }', 'subject: { through: { apiKey: keyId } }']] },
      'UNKNOWN_WORD',
      /"apiKey"/,
      /"apiKeys"/,
    ],
    [
      'a file store that does not exist',
      {
        inventory: [
          [
            'avatar: { category: account.profile, file: media }',
            'avatar: { category: account.profile, file: pictures }',
          ],
        ],
      },
      'UNKNOWN_WORD',
      /pictures/,
      /media/,
    ],
    [
      'a record that leads to its person in two ways',
      {
        inventory: [
          ['subject: { through: { apiKeys: keyId } }', 'subject: { ref: userId, through: { apiKeys: keyId } }'],
        ],
      },
      'WRONG_SHAPE',
      /exactly one way/,
      /ref/,
    ],
    [
      'a path that a database takes for an operator',
      { inventory: [['savedAt: generation.history', '$where: generation.history']] },
      'WRONG_SHAPE',
      /path of a field/,
      /names with dots/,
    ],
    [
      'a path that the language takes for something else',
      { inventory: [['savedAt: generation.history', 'constructor.name: generation.history']] },
      'WRONG_SHAPE',
      /path of a field/,
      /names with dots/,
    ],
    [
      'a name that the language keeps for itself',
      { inventory: [['savedAt: generation.history', '__proto__: generation.history']] },
      'UNKNOWN_KEY',
      /for itself/,
      /another name/,
    ],
    [
      'a source that is no field of the record',
      { inventory: [['name: account.profile', 'name: { category: account.profile, source: origins.name }']] },
      'UNKNOWN_WORD',
      /unknown field "origins.name"/,
      /use one of/,
    ],
    [
      'a key of the host that begins like everything',
      { inventory: [['prefix: sdk_', 'prefix: s']] },
      'WRONG_SHAPE',
      /beginning of a key/,
      /abc_/,
    ],
  ]);
});
