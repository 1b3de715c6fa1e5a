import { describe, expect, test } from '@jest/globals';
import { editedPack, mistakesOf, texts } from './editedPack.ts';
import { videosWith } from './refusals.ts';

describe('a policy with mistakes is refused', () => {
  test('and without one it is not', () => {
    expect('policy' in editedPack({})).toBe(true);
  });

  test('nor is a long period that dates can hold', () => {
    expect('policy' in editedPack({ policy: [videosWith('{ atMost: P200Y, from: notice }')] })).toBe(true);
  });

  test('with the line and column of the value', () => {
    const lines = texts.policy.slice(0, texts.policy.indexOf('keep: { atMost: P30D, from: notice }')).split('\n');
    expect(mistakesOf({ policy: [videosWith('{ atMost: 30 days, from: notice }')] })).toEqual([
      {
        code: 'WRONG_PERIOD',
        file: 'sdance-ai/policy.yaml',
        line: lines.length,
        column: (lines.at(-1) ?? '').length + 'keep: { '.length + 1,
        message: '"30 days" is no period',
        remedy: 'write P30D',
      },
    ]);
  });

  test('with all its mistakes at once, from top to bottom, each by itself', () => {
    const mistakes = mistakesOf({
      policy: [
        videosWith('{ atMost: 30 days, from: notice }'),
        ['signed: 2026-01-12', 'signed: 12.1.2026'],
        ['covers: [support]', 'covers: [suport]'],
      ],
      inventory: [['country: account.residence', 'country: account.home']],
    });
    expect(mistakes.map((one) => one.code)).toEqual(['UNKNOWN_WORD', 'WRONG_DATE', 'WRONG_PERIOD', 'UNKNOWN_WORD']);
    expect(mistakes.map((one) => one.file.split('/')[1])).toEqual([
      'inventory.yaml',
      'policy.yaml',
      'policy.yaml',
      'policy.yaml',
    ]);
  });

  test('a file that is no mapping has that one mistake', () => {
    expect(mistakesOf({ inventory: [[/[\s\S]+/, 'just a text\n']] }).map((one) => one.message)).toEqual([
      'the file holds no mapping',
    ]);
  });
});
