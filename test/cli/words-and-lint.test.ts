import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ask } from './ask.ts';

const POLICIES = new URL('../../policies/', import.meta.url).pathname;

interface Found {
  findings: { code: string; severity: string; clause?: string; where: string; message: string; remedy: string }[];
}

/** A copy of a pack with a change to its policy. */
async function packWith(change: (policy: string) => string): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'kept-lint-')), 'sdance-ai');
  await cp(join(POLICIES, 'sdance-ai'), folder, { recursive: true });
  const file = join(folder, 'policy.yaml');
  const before = await readFile(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
  return folder;
}

describe('kept vocabulary', () => {
  test('lists every word that a question may use, and the regimes whose clocks are known', async () => {
    const { code, err, json } = await ask(['vocabulary', '--json']);
    const words = json<Record<string, string[]>>();
    expect([code, err]).toEqual([0, '']);
    expect(Object.keys(words)).toEqual(['categories', 'purposes', 'recipientKinds', 'rights', 'regimes']);
    expect(words.categories).toContain('generation.output');
    expect(words.purposes).toContain('training');
    expect(words.rights).toContain('erasure');
    expect(words.regimes).toContain('eu-gdpr');
  });

  test('names each word once, below a wider one that is named too, in order', async () => {
    const { json } = await ask(['vocabulary', '--json']);
    for (const [list, words] of Object.entries(json<Record<string, string[]>>())) {
      expect([list, [...new Set(words)].sort()]).toEqual([list, words]);
      const wider = words.filter((word) => word.includes('.')).map((word) => word.slice(0, word.lastIndexOf('.')));
      expect([list, wider.filter((word) => !words.includes(word))]).toEqual([list, []]);
    }
  });

  test('is a page for people without --json', async () => {
    const { out } = await ask(['vocabulary']);
    expect(out).toMatch(/^Categories\n {2}account {2,}\S/);
  });
});

describe('kept lint', () => {
  test('a sound policy has choices to be aware of and no errors', async () => {
    const { code, json } = await ask(['lint', 'sdance-ai', '--json']);
    const { findings } = json<Found>();
    expect(code).toBe(0);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const finding of findings) {
      expect(finding).toMatchObject({
        code: expect.any(String),
        where: expect.any(String),
        remedy: expect.any(String),
      });
    }
  });

  test('an error is bad news', async () => {
    const folder = await packWith((policy) =>
      policy.replace(/expires: "?\d{4}-\d{2}-\d{2}"?/, 'expires: "2026-03-02"'),
    );
    const { code, json } = await ask(['lint', folder, '--json']);
    expect(json<Found>().findings).toContainEqual(
      expect.objectContaining({ code: 'AGREEMENT_EXPIRED', severity: 'error', where: 'recipients.creem' }),
    );
    expect(code).toBe(1);
  });

  test('every mistake that keeps a policy from loading is a finding with its line', async () => {
    const folder = await packWith((policy) =>
      policy
        .replace('zone: Europe/Berlin', 'zone: Europe/Berlin\n  colour: blue')
        .replace('regime: eu-gdpr', 'regim: eu-gdpr'),
    );
    const { code, json, err } = await ask(['lint', folder, '--json']);
    const { findings } = json<Found>();
    expect([code, err]).toEqual([1, '']);
    expect(findings.length).toBeGreaterThan(1);
    for (const { code: name, severity, where } of findings) {
      expect([name, severity, where]).toEqual([
        expect.stringMatching(/^POLICY_/),
        'error',
        expect.stringMatching(/^sdance-ai\/policy\.yaml:\d+:\d+$/),
      ]);
    }
  });

  test('a folder is found from where the command runs, with and without a slash', async () => {
    for (const dir of ['sdance-ai', './sdance-ai']) expect((await ask(['lint', dir], { cwd: POLICIES })).code).toBe(0);
  });

  test('people read how many there are', async () => {
    expect((await ask(['lint', 'sdance-ai'])).out).toMatch(/\d+ findings, 0 errors\n$/);
  });
});
