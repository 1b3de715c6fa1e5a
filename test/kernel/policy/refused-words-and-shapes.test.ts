import { describe } from '@jest/globals';
import { type Row, refusals, videosWith } from './refusals.ts';

describe('what a policy file may not say', () => {
  refusals([
    [
      'an unknown key',
      { policy: [['    unless: saved', '    unles: saved']] },
      'UNKNOWN_KEY',
      /unles/,
      /did you mean "unless"/,
    ],
    ['an unknown section', { policy: [[/^children:/m, 'childs:']] }, 'UNKNOWN_KEY', /childs/, /children/],
    [
      'an unknown category',
      { policy: [['covers: [support]', 'covers: [suport]']] },
      'UNKNOWN_WORD',
      /suport/,
      /"support"/,
    ],
    [
      'an unknown purpose',
      { policy: [['onlyFor: [improvement]', 'onlyFor: [improvements]']] },
      'UNKNOWN_WORD',
      /improvements/,
      /"improvement"/,
    ],
    [
      'an unknown recipient kind',
      { policy: [['kind: model-provider', 'kind: model-providers']] },
      'UNKNOWN_WORD',
      /model-providers/,
      /"model-provider"/,
    ],
    [
      'an unknown safeguard',
      { policy: [['safeguard: standard-contractual-clauses', 'safeguard: standard-contract-clauses']] },
      'UNKNOWN_WORD',
      /standard-contract-clauses/,
      /"standard-contractual-clauses"/,
    ],
    [
      'an unknown right',
      { policy: [['  erasure: { executor', '  erasur: { executor']] },
      'UNKNOWN_WORD',
      /erasur/,
      /"erasure"/,
    ],
    [
      'a list where a word belongs, which is called one',
      { policy: [['kind: model-provider', 'kind: [model-provider]']] },
      'UNKNOWN_WORD',
      /unknown recipient kind \(a list\)$/,
      /model-provider/,
    ],
    [
      'a mapping where a period belongs, which is called one',
      { policy: [videosWith('{ atMost: { days: 30 }, from: notice }')] },
      'WRONG_PERIOD',
      /^\(a mapping\) is no period$/,
      /P30D/,
    ],
    [
      'a spoken period',
      { policy: [videosWith('{ atMost: 30 days, from: notice }')] },
      'WRONG_PERIOD',
      /30 days/,
      /write P30D/,
    ],
    [
      'a period in hours that is spoken',
      { policy: [videosWith('{ atMost: 36 hours, from: notice }')] },
      'WRONG_PERIOD',
      /36 hours/,
      /write PT36H/,
    ],
    [
      'a period without a unit',
      { policy: [videosWith('{ atMost: 30, from: notice }')] },
      'WRONG_PERIOD',
      /"30"/,
      /ISO 8601/,
    ],
    ...['30d', 'p30d', '30 D', '30 Days'].map(
      (period): Row => [
        `a period half written, ${period},`,
        { policy: [videosWith(`{ atMost: ${period}, from: notice }`)] },
        'WRONG_PERIOD',
        new RegExp(`"${period}"`),
        /write P30D/,
      ],
    ),
    ...['P30X', 'P7T', 'P', 'PT', 'P1.5D', '-P1D', 'P1M1H', '30m'].map(
      (period): Row => [
        `a period in wrong units, ${period},`,
        { policy: [videosWith(`{ atMost: ${period}, from: notice }`)] },
        'WRONG_PERIOD',
        new RegExp(`"${period.replace('.', '\\.')}" is no period`),
        /ISO 8601 period, such as P30D/,
      ],
    ),
    ...['P9999999999D', 'P201Y', 'P2401M', 'PT9999999H', 'PT99999999999999999999M'].map(
      (period): Row => [
        `a period that no date can hold, ${period},`,
        { policy: [videosWith(`{ atMost: ${period}, from: notice }`)] },
        'WRONG_PERIOD',
        new RegExp(`"${period}" is longer than 200 years`),
        /write P200Y or less/,
      ],
    ),
    [
      'a number that comes from nowhere',
      { policy: [videosWith('{ atMost: P30D }')] },
      'MISSING_KEY',
      /"from" is missing/,
      /add from/,
    ],
    [
      'a day that does not exist',
      { policy: [['signed: 2026-01-12', 'signed: 2026-02-30']] },
      'WRONG_DATE',
      /2026-02-30/,
      /YYYY-MM-DD/,
    ],
    [
      'a day written in another order',
      { policy: [['signed: 2026-01-12', 'signed: 12.1.2026']] },
      'WRONG_DATE',
      /a day is expected/,
      /YYYY-MM-DD/,
    ],
    ['a country in full', { policy: [['country: DE #', 'country: Germany #']] }, 'WRONG_SHAPE', /country/, /DE/],
    [
      'a time zone that does not exist',
      { policy: [['Europe/Berlin', 'Europe/Bonn']] },
      'WRONG_SHAPE',
      /time zone/,
      /IANA/,
    ],
  ]);
});
