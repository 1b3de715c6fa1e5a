import { describe, expect, test } from '@jest/globals';
import { classify } from '../../packages/core/src/kernel/classify/classify.ts';
import { compilePhrases, type PhraseFile, type PhraseLine } from '../../packages/core/src/kernel/classify/phrases.ts';

const empty: PhraseFile = {
  language: 'en',
  stopWords: 'the',
  spelled: { "don't": 'do not' },
  forgiven: 'delete',
  known: '',
  courtesy: 'please, thanks',
  enumerated: '<thing>, clips',
  groups: { my: 'my, all of my', thing: 'account, <my> data', circle: '<circle>' },
  guards: { before: [], after: [], sentence: [] },
  boilerplate: [],
  ours: [],
  naming: [],
  asides: [],
  rights: {},
  signals: {},
};

function finds(line: Partial<PhraseLine>, text: string, more: Partial<PhraseFile> = {}): boolean {
  const phrases = compilePhrases({
    ...empty,
    ...more,
    rights: { erasure: [{ say: '', weight: 1, ...line }], ...more.rights },
  });
  return classify({ subjectLine: '', text }, phrases).rights.some(({ right }) => right === 'erasure');
}

describe('a phrase is written in words', () => {
  test.each([
    ['delete account', 'Delete ACCOUNT!', true],
    ['delete account', 'delete my account', false],
    ['delete ...1 account', 'delete my account', true],
    ['delete ...1 account', 'delete my old account', false],
    ['delete ... account', 'delete my very old account', true],
    ['delete ...3 account', 'delete it, my account', false],
    ['delete ...3 account', 'delete it. My account', false],
    ['delete ...3 account', 'delete it\nmy account', true],
    ['delete my? account', 'delete account', true],
    ['delete ...2 my? account', 'delete that old account', true],
    ['(delete|get rid of) account', 'get rid of account', true],
    ['delete <my> account', 'delete all of my account', true],
    ['delete <thing>', 'delete all of my data', true],
    ['write to <email>', 'write to ann@example.com', true],
    ['write to <email>', 'write to ann', false],
    ['do not delete', "don't delete", true],
    ['delete account', 'delte account', true],
  ])('"%s" in "%s": %s', (say, text, found) => expect(finds({ say }, text)).toBe(found));

  test('it counts only near what it needs', () => {
    const line = { say: 'remove it', near: ['access'] };
    const rights = { access: [{ say: 'copy of data', weight: 0.9 }] };
    expect(finds(line, 'remove it', { rights })).toBe(false);
    expect(finds(line, 'remove it after a copy of data', { rights })).toBe(true);
  });

  test('it counts only alone where it is too vague beside others', () => {
    const line = { say: 'privacy request', alone: true };
    const rights = { access: [{ say: 'copy of data', weight: 0.9 }] };
    expect(finds(line, 'a privacy request', { rights })).toBe(true);
    expect(finds(line, 'a privacy request, a copy of data', { rights })).toBe(false);
  });
});

describe('a phrase that is the whole message', () => {
  const line = { say: 'delete (it|that)?', whole: true };

  test.each([
    ['Please delete it, thanks', true],
    ['I made a clip. Delete.', true],
    ['delete it today', false],
    [`Open the clip. Delete it. ${'Then the screen turns black. '.repeat(4)}`, false],
  ])('"%s": %s', (text, found) => expect(finds(line, text)).toBe(found));
});

describe('a comma', () => {
  test.each([
    ['delete ...4 now', 'delete the clips, the account now', true],
    ['delete ...4 now', 'delete the clips, or something now', false],
    ['delete ...4 now', 'delete the ones, the clips now', false],
    ['delete ...9 now', 'delete the clips, do you know what an account now', false],
  ])('between two things of a list ends no phrase: "%s" in "%s": %s', (say, text, found) =>
    expect(finds({ say }, text)).toBe(found),
  );
});

describe('a guard changes what a phrase means', () => {
  const say = 'delete it';
  const guards = (change: Partial<PhraseFile['guards']>) => ({ guards: { ...empty.guards, ...change } });

  test.each([
    ['never delete it', false],
    ['if you never delete it', true],
    ['never, delete it', true],
    ['please delete it', true],
    ['never ever delete it', true],
    ['never, I repeat, delete it', false],
    ['if you never, as I asked, delete it', true],
    ['never, not for all the tea in China, delete it', true],
  ])('right before: "%s" is found: %s', (text, found) => {
    const before = [
      { say: 'never', factor: 0 },
      { say: 'if you never', factor: 1 },
    ];
    expect(finds({ say }, text, guards({ before }))).toBe(found);
  });

  test('right after', () => {
    const after = [{ say: 'button', factor: 0 }];
    expect(finds({ say }, 'the delete it button', guards({ after }))).toBe(false);
    expect(finds({ say }, 'delete it with the button', guards({ after }))).toBe(true);
  });

  test('anywhere in the sentence, and only there', () => {
    const sentence = [{ say: 'what happens', factor: 0.3 }];
    expect(finds({ say }, 'what happens when you delete it', guards({ sentence }))).toBe(false);
    expect(finds({ say }, 'What happens? Delete it.', guards({ sentence }))).toBe(true);
  });

  test('for the rights that it names', () => {
    expect(finds({ say }, 'never delete it', guards({ before: [{ say: 'never', factor: 0, for: ['access'] }] }))).toBe(
      true,
    );
    expect(
      finds({ say }, 'never delete it', guards({ before: [{ say: 'never', factor: 0, except: ['erasure'] }] })),
    ).toBe(true);
  });
});

describe('a mistake in the file is refused, naming the phrase', () => {
  test.each<[string, Partial<PhraseFile>, string]>([
    ['an unknown group', { rights: { erasure: [{ say: 'delete <nothing>', weight: 1 }] } }, 'delete <nothing>'],
    ['groups in a circle', { rights: { erasure: [{ say: 'delete <circle>', weight: 1 }] } }, 'delete <circle>'],
    ['nested brackets', { rights: { erasure: [{ say: '(a|(b|c)) d', weight: 1 }] } }, '(a|(b|c)) d'],
    ['an open beginning', { rights: { erasure: [{ say: 'please? delete', weight: 1 }] } }, 'please? delete'],
    ['a gap at the beginning', { rights: { erasure: [{ say: '...2 delete', weight: 1 }] } }, '...2 delete'],
    ['nothing', { rights: { erasure: [{ say: '', weight: 1 }] } }, ''],
    ['a weight above one', { rights: { erasure: [{ say: 'delete', weight: 2 }] } }, 'delete'],
    ['a weight that is none', { rights: { erasure: [{ say: 'delete' } as PhraseLine] } }, 'delete'],
    ['an unknown right', { rights: { oblivion: [] } }, 'rights.oblivion'],
    ['an unknown signal', { signals: { mood: [] } }, 'signals.mood'],
    ['an unknown neighbour', { rights: { erasure: [{ say: 'delete', weight: 1, near: ['mood'] }] } }, 'delete'],
    ['a factor above one', { guards: { ...empty.guards, before: [{ say: 'not', factor: 2 }] } }, 'not'],
    ['a guard for nobody', { guards: { ...empty.guards, after: [{ say: 'key', factor: 0, for: ['mood'] }] } }, 'key'],
  ])('%s', (_, change, place) => {
    expect(() => compilePhrases({ ...empty, ...change })).toThrow(
      expect.objectContaining({ code: 'PHRASE_INVALID', place, remedy: expect.stringContaining('README') }),
    );
  });
});
