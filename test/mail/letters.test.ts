import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { handlebarsLetters } from '../../packages/core/src/adapters/letters/handlebarsLetters.ts';
import type { LetterName } from '../../packages/core/src/engine/ports/letterModels.ts';
import { models } from './letterModels.ts';

const letters = handlebarsLetters();
const names = Object.keys(models) as LetterName[];
const write = <N extends LetterName>(name: N, changes: Partial<(typeof models)[N]> = {}) =>
  letters.write(name, 'en', { ...models[name], ...changes } as Record<string, unknown>);
const invalid = expect.objectContaining({ code: 'LETTER_INVALID' });

describe('the letters', () => {
  test.each(names)('%s reads as it was approved', (name) => {
    const { subjectLine, text } = write(name);

    expect(`Subject: ${subjectLine}\n\n${text}`).toMatchSnapshot();
  });

  test('every template has a model, and every model a template', async () => {
    const templates = await readdir(new URL('../../packages/core/templates/', `file://${import.meta.filename}`));

    expect(templates.filter((name) => name !== 'parts').sort()).toEqual([...names].sort());
  });

  test.each(names)('%s is not written while any one fact is missing', (name) => {
    const full = models[name] as unknown as Record<string, unknown>;
    for (const fact of Object.keys(full)) {
      const { [fact]: _missing, ...rest } = full;
      expect(() => letters.write(name, 'en', rest)).toThrow(invalid);
    }
  });

  test('a language that has no letters yet is answered in English', () => {
    expect(letters.write('inquiry-received', 'tlh', { ...models['inquiry-received'] })).toEqual(
      write('inquiry-received'),
    );
  });

  test('a letter that nobody wrote is an error', () => {
    for (const name of ['no-such-letter', '', '../parts', 'constructor'])
      expect(() => letters.write(name, 'en', {})).toThrow(invalid);
  });
});

describe('the acknowledgement', () => {
  test('tells a stranger and a customer the same, word by word', () => {
    const told = Object.keys(models['rights-received']);

    // It cannot tell an account from none, because it is never told.
    expect(told.sort()).toEqual(['answerBy', 'controller', 'receivedOn', 'reference', 'rights', 'signedIn']);
    expect(write('rights-received').text).toContain('If there is an account');
  });

  test('asks nobody who is signed in for a confirmation', () => {
    const { text } = write('rights-received', { signedIn: true });

    expect(text).not.toContain('link');
    expect(text).toContain('nothing more for you to do');
  });
});

describe('the letter on an erasure', () => {
  test('says nothing of remixes, recipients and what stays where there is none', () => {
    const { text } = write('rights-fulfilled-erasure', { kept: [], recipientsTold: [], othersWorks: 0 });

    expect(text).toContain('Nothing of what we found about you stays.');
    expect(text).not.toMatch(/Works of other people|We told those|until when/);
  });

  test('promises no days for backups that nobody named', () => {
    expect(write('rights-fulfilled-erasure', { backupDays: null }).text).toContain(
      'They are overwritten as the backups rotate.',
    );
    expect(write('rights-fulfilled-erasure', { backupDays: 0 }).text).not.toContain('within 0 days');
  });

  test('says so when there was nothing to erase', () => {
    expect(write('rights-fulfilled-erasure', { erased: [] }).text).toContain('nothing: we found no personal data');
  });
});

describe('what a letter is told', () => {
  test('a day must be a day and a count a count', () => {
    for (const receivedOn of ['2026-02-30', '2 March 2026', '', '2026-03-02T09:00:00Z'])
      expect(() => write('inquiry-received', { receivedOn })).toThrow(invalid);
    for (const daysOver of [1.5, -1, Number.NaN])
      expect(() => write('deadline-overdue', { daysOver })).toThrow(invalid);
    expect(() => write('rights-refused', { right: 'toString' as never })).toThrow(invalid);
  });

  test('one day is one day, and no days is today', () => {
    expect(write('deadline-reminder', { daysLeft: 1 }).subjectLine).toBe('[sdance-ai] K-7F3A2C is due in 1 day');
    expect(write('deadline-reminder', { daysLeft: 0 }).subjectLine).toBe('[sdance-ai] K-7F3A2C is due today');
  });

  test("a stranger's words neither begin a header nor run as a template", () => {
    const { subjectLine, text } = write('support-reply', {
      subjectLine: 'hello\r\nBcc: eve@example.com {{reference}}',
      text: '{{controller.contact}} <b>&amp;</b> "quotes"',
    });

    expect(subjectLine).toBe('Re: hello Bcc: eve@example.com {{reference}} (K-7F3A2C)');
    expect(text).toMatch(/^\{\{controller\.contact}} <b>&amp;<\/b> "quotes"\n/);
  });

  test('an error names the missing fact, and nothing that the letter was told', () => {
    const frame = { ...models['support-reply'], controller: { name: 'ann@example.com' } };
    const wrong = { ...models['support-reply'], controller: 'ann@example.com' };

    expect(() => letters.write('support-reply', 'en', frame)).toThrow('The fact `contact` is missing.');
    expect(() => letters.write('support-reply', 'en', wrong)).toThrow(
      expect.objectContaining({ code: 'LETTER_INVALID', message: expect.not.stringContaining('ann') }),
    );
  });
});

test('a template that is no letter stops the start and says which', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'kept-letters-'));
  await mkdir(join(directory, 'parts'));
  await writeFile(join(directory, 'parts/rights.en.json'), '{}');
  await mkdir(join(directory, 'greeting'));

  for (const text of ['Hello', 'Subject: hello\nno empty line', 'Subject: \n\nno words', 'Subject: {{#if}\n\nx']) {
    await writeFile(join(directory, 'greeting/en.hbs'), text);
    expect(() => handlebarsLetters(directory)).toThrow(
      expect.objectContaining({ code: 'LETTER_INVALID', place: 'letter greeting' }),
    );
  }
});
