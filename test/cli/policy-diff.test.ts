import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { ask } from './ask.ts';

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kept-diff-'));
  await cp(policiesDir('sdance-ai'), join(dir, 'next'), { recursive: true });
  const file = join(dir, 'next', 'policy.yaml');
  const text = await readFile(file, 'utf8');
  const longer = text.replace('keep: { atMost: P30D, from: notice }', 'keep: { atMost: P60D, from: notice }');
  await writeFile(file, longer.replace('version: 1', 'version: 2'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('kept policy diff', () => {
  test('says in words what changes, and in data what it does to people', async () => {
    const words = await ask(['policy', 'diff', 'sdance-ai', join(dir, 'next')]);
    expect([words.code, words.err]).toEqual([0, '']);
    expect(words.out.split('\n')).toEqual([
      'loosens  material  retention.generated-videos  sdance-ai.retention.videos-30-days',
      '  Generations: kept at most 60 days instead of 30 days',
      '1 change: 1 loosening, 0 tightening, 1 material',
      '',
    ]);

    const data = await ask(['policy', 'diff', 'sdance-ai', './next', '--json'], { cwd: dir });
    expect(data.json()).toMatchObject({
      from: { pack: 'sdance-ai', version: 1 },
      to: { pack: 'sdance-ai', version: 2 },
      loosening: 1,
      tightening: 0,
      material: 1,
      changes: [
        {
          section: 'retention',
          rule: 'retention.generated-videos',
          field: 'keep',
          change: 'changed',
          before: { atMost: 'P30D', from: 'notice' },
          after: { atMost: 'P60D', from: 'notice' },
          direction: 'loosens',
          material: true,
        },
      ],
    });
  });

  test('finds nothing between a pack and itself', async () => {
    const same = await ask(['policy', 'diff', 'sdance-ai', 'sdance-ai']);
    expect([same.code, same.out]).toEqual([0, '0 changes: 0 loosening, 0 tightening, 0 material\n']);
  });

  test('a folder that is no pack is a wrong question', async () => {
    const asked = await ask(['policy', 'diff', 'sdance-ai', './nowhere'], { cwd: dir });
    expect(asked.code).toBe(2);
    expect(asked.err).toContain('nowhere');
    expect((await ask(['policy', 'diff', 'sdance-ai'])).code).toBe(2);
  });
});
