import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { finished, start } from './program.ts';

const kept = (argv: string[], stdin?: string) => finished(start(argv), stdin);

describe('the program kept', () => {
  test('answers on standard output and ends with 0', async () => {
    const { code, out, err } = await kept([
      'decide',
      'sdance-ai',
      '--purpose',
      'training',
      '--category',
      'generation.output',
      '--json',
    ]);
    expect([code, err, JSON.parse(out).outcome]).toEqual([0, '', 'forbidden']);
  });

  test('reads standard input', async () => {
    const { code, out } = await kept(['classify', '-', '--json'], 'From: a@b.org\n\nPlease delete my account.\n');
    expect([code, JSON.parse(out).rights[0].right]).toEqual([0, 'erasure']);
  });

  test('ends with 1 where the answer is bad news', async () => {
    expect((await kept(['classify', '-', '--json'], '')).code).toBe(1);
  });

  test('ends with 2 and one line where the question was wrong', async () => {
    const { code, out, err } = await kept(['deadlin']);
    expect([code, out, err.split('\n').length]).toEqual([2, '', 2]);
  });

  test('tells its version', async () => {
    const manifest = await readFile(new URL('../../packages/cli/package.json', import.meta.url), 'utf8');
    expect((await kept(['--version'])).out).toBe(`${JSON.parse(manifest).version}\n`);
  });

  test('refuses a clock that was set in production', async () => {
    const env = { MONGODB_URI: 'mongodb://127.0.0.1:1/none', KEPT_NOW: '2026-03-03' };
    const { code, err } = await finished(start(['sweep'], { ...env, NODE_ENV: 'production' }));
    expect([code, err]).toEqual([2, expect.stringContaining('not for production')]);
    expect((await finished(start(['sweep'], env))).err).toContain('No database answers');
  });

  test('a reader that has seen enough is no failure', async () => {
    const child = start(['vocabulary', '--json']);
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, err]).toEqual([0, '']);
  });

  test('loads no database driver, no web server and no mail server for a question about a policy', async () => {
    const child = start(['decide', 'sdance-ai', '--purpose', 'training', '--category', 'usage'], {
      NODE_DEBUG: 'esm,module',
    });
    const { err } = await finished(child);
    expect(err).toContain('/js-yaml/');
    expect(err).not.toMatch(
      /node_modules\/(?:mongoose|mongodb|express|agenda|nodemailer|smtp-server|postal-mime|handlebars|csv-stringify|yaml)\//,
    );
  });
});
