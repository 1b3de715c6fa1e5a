import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadCalendar } from '../../packages/core/src/adapters/policy/loadCalendar.ts';
import { loadPack } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegime, regimeIds } from '../../packages/core/src/adapters/policy/loadRegime.ts';
import { loadRegister } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import type { PolicyInvalid } from '../../packages/core/src/adapters/policy/policyInvalid.ts';

let dir = '';
beforeAll(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'kept-pack-')), 'sdance-ai');
});
afterAll(() => rm(join(dir, '..'), { recursive: true }));

/** A copy of the pack with its policy.yaml changed. */
async function copyWith(change: (text: string) => string): Promise<string> {
  await cp(policiesDir('sdance-ai'), dir, { recursive: true, force: true });
  await writeFile(join(dir, 'policy.yaml'), change(await readFile(policiesDir('sdance-ai', 'policy.yaml'), 'utf8')));
  return dir;
}
const refusal = (pack: string): Promise<PolicyInvalid> =>
  loadPack(pack).then(
    () => Promise.reject(new Error('it was loaded')),
    (error: PolicyInvalid) => error,
  );

describe('loading a pack', () => {
  test('by its name and from a folder gives the same policy', async () => {
    const copy = await copyWith((text) => `# a remark changes nothing\n${text}`);
    expect(await loadPack(copy)).toEqual(await loadPack('sdance-ai'));
  });

  test('brings along which law the residence of a person leads to', async () => {
    const { residence } = await loadPack('sdance-ai');
    expect(residence).toMatchObject({ DE: 'eu-gdpr', CA: 'ca-pipeda', 'CA-QC': 'ca-qc' });
    const known = await regimeIds();
    expect(Object.values(residence).filter((regime) => !known.includes(regime))).toEqual([]);
  });

  test('the hash changes with what is said', async () => {
    const copy = await copyWith((text) => text.replace('atMost: P90D, from: notice', 'atMost: P80D, from: notice'));
    expect((await loadPack(copy)).hash).not.toBe((await loadPack('sdance-ai')).hash);
  });

  test('with mistakes is refused, and every mistake is in the message, as the README shows it', async () => {
    const error = await refusal(
      await copyWith((text) => text.replace('atMost: P30D', 'atMost: 30 days').replace('[support]', '[suport]')),
    );
    expect(error).toMatchObject({ name: 'KeptError', code: 'POLICY_INVALID', mistakes: { length: 2 } });
    const example = /^sdance-ai\/policy\.yaml:\d+:\d+ "30 days" is no period — write P30D$/m;
    expect(error.message).toMatch(example);
    expect(error.message).toMatch(
      /^sdance-ai\/policy\.yaml:\d+:\d+ unknown category "suport" — did you mean "support"\?$/m,
    );
    expect(await readFile(policiesDir('README.md'), 'utf8')).toMatch(example);
  });

  test('that is no YAML is refused with the place', async () => {
    const error = await refusal(await copyWith((text) => text.replace('pack: sdance-ai', 'pack: [sdance-ai')));
    expect(error).toMatchObject({ code: 'POLICY_INVALID' });
    expect(error.mistakes[0]).toMatchObject({ code: 'YAML_BROKEN', file: 'sdance-ai/policy.yaml' });
  });

  test('whose inventory is no YAML is refused with what its policy does wrong too', async () => {
    const copy = await copyWith((text) => text.replace('[support]', '[suport]'));
    await writeFile(join(copy, 'inventory.yaml'), 'collections: {');
    const { mistakes } = await refusal(copy);
    expect(mistakes.map((one) => [one.code, one.file])).toEqual([
      ['YAML_BROKEN', 'sdance-ai/inventory.yaml'],
      ['UNKNOWN_WORD', 'sdance-ai/policy.yaml'],
    ]);
  });

  test('with an endless number is refused where it stands', async () => {
    const error = await refusal(await copyWith((text) => text.replace('version: 1', 'version: .inf')));
    expect(error.mistakes).toMatchObject([{ code: 'WRONG_SHAPE', file: 'sdance-ai/policy.yaml', line: 5 }]);
  });

  test('with a key written twice is refused', async () => {
    const error = await refusal(await copyWith((text) => text.replace('version: 1\n', 'version: 1\nversion: 2\n')));
    expect(error.mistakes[0]).toMatchObject({ code: 'YAML_BROKEN', line: 6 });
  });

  test('that does not exist says where it was looked for', async () => {
    await expect(loadPack('no-such-pack')).rejects.toMatchObject({
      code: 'POLICY_NOT_FOUND',
      place: 'no-such-pack/policy.yaml',
    });
    const message = 'There is no /no-such-folder/policy.yaml';
    await expect(loadPack('/no-such-folder')).rejects.toMatchObject({ code: 'POLICY_NOT_FOUND', message });
  });
});

describe('the other files of @kept/policies', () => {
  test('regimes and calendars load by id, and never by path', async () => {
    expect((await loadRegime('eu-gdpr')).id).toBe('eu-gdpr');
    expect(await regimeIds()).toContain('eu-gdpr');
    expect((await loadCalendar('DE')).id).toBe('DE');
    for (const id of ['../register', 'eu_gdpr', '']) {
      await expect(loadRegime(id)).rejects.toMatchObject({ code: 'POLICY_FILE_NOT_FOUND' });
    }
  });

  test('every clause of the register is encoded in its pack', async () => {
    const policy = await loadPack('sdance-ai');
    const [registered] = (await loadRegister()).filter((pack) => pack.pack === 'sdance-ai');
    expect(registered?.clauses).toHaveLength(57);
    expect(policy.clauses.map((clause) => clause.id).sort()).toEqual(
      registered?.clauses.map((clause) => clause.id).sort(),
    );
    expect(policy.clauses.every((clause) => clause.keptBy.length > 0 && clause.says !== '')).toBe(true);
  });
});
