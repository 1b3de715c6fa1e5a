import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { columns } from '../../packages/cli/src/output.ts';
import { rawMail } from '../support/people.ts';
import { ask } from './ask.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-mails-'));
  const put = (name: string, raw: Uint8Array | string) => writeFile(join(folder, name), raw);
  await put('delete.eml', rawMail('Mara <mara@example.org>', 'Hi, please delete everything you have about me. Mara'));
  await put('hello.eml', rawMail('Ann <ann@example.org>', 'Which formats can I upload?'));
  await put('away.eml', rawMail('Bo <bo@example.org>', 'I am away.', { 'Auto-Submitted': 'auto-replied' }));
  await put('empty.eml', '');
  await put('colour.eml', rawMail('Cy <cy@example.org>', 'Please delete all my data \u001b[2J now.'));
});

describe('kept classify', () => {
  test('one mail is one document with the passage that decided', async () => {
    const { code, err, json } = await ask(['classify', 'delete.eml', '--json'], { cwd: folder });
    expect([code, err]).toEqual([0, '']);
    expect(json()).toEqual({
      file: 'delete.eml',
      rights: [
        { right: 'erasure', confidence: expect.any(Number), evidence: expect.stringContaining('delete everything') },
      ],
      language: 'en',
      automatic: false,
      child: false,
      agent: false,
      pictured: false,
    });
  });

  test('several mails are a line each, in their order', async () => {
    const { code, out } = await ask(['classify', '--json', 'hello.eml', 'delete.eml', 'away.eml'], { cwd: folder });
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines.map(({ file, rights, automatic }) => [file, rights.length, automatic])).toEqual([
      ['hello.eml', 0, false],
      ['delete.eml', 1, false],
      ['away.eml', 0, true],
    ]);
  });

  test('a mail may come on standard input', async () => {
    const { json } = await ask(['classify', '-', '--json'], { stdin: rawMail('a@b.org', 'Please delete my account.') });
    expect(json()).toMatchObject({ file: '-', rights: [{ right: 'erasure' }] });
  });

  test('a mail that cannot be read is an answer and bad news, and the others are read all the same', async () => {
    const { code, out } = await ask(['classify', '--json', 'empty.eml', 'delete.eml'], { cwd: folder });
    const [empty, other] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(empty).toEqual({ file: 'empty.eml', error: { code: 'MAIL_UNREADABLE' } });
    expect(other.rights).toHaveLength(1);
    expect(code).toBe(1);
  });

  test('nothing that was mailed can steer the terminal of whoever reads about it', async () => {
    expect(columns([['a\u001b[2Jb', 'c\u202ed\n']])).toBe('a [2Jb  c d\n');
    expect((await ask(['classify', 'colour.eml'], { cwd: folder })).out).not.toContain('\u001b');
  });
});
