import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dump, load } from 'js-yaml';
import { loadPack } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { decide } from '../../packages/core/src/kernel/decide/decide.ts';
import type { Facts, Question } from '../../packages/core/src/kernel/decision.ts';

type Written = Record<string, Record<string, object>>;

const NOW = new Date('2026-03-02T12:00:00Z');
const nobody: Facts = { consents: [], objections: [], restricted: false, held: false };
const many = (count: number, name: string, one: object | undefined): Record<string, object> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}-${n}`, { ...one }]));

test('ten thousand rules and a thousand fields are a policy, and decide what a few decide', async () => {
  const [policy, inventory] = await Promise.all(
    ['policy', 'inventory'].map(
      async (file) => load(await readFile(policiesDir('sdance-ai', `${file}.yaml`), 'utf8')) as Written,
    ),
  );
  Object.assign(policy?.recipients ?? {}, many(8_000, 'cdn', policy?.recipients?.cloudflare));
  Object.assign(policy?.consents ?? {}, many(1_000, 'flag', policy?.consents?.['provider-training']));
  Object.assign(policy?.never ?? {}, many(1_000, 'no', policy?.never?.sale));
  const users = inventory?.collections?.users as { fields: Record<string, string> };
  for (let n = 0; n < 1_000; n += 1) users.fields[`more.field${n}`] = 'account.profile';

  const dir = await mkdtemp(join(tmpdir(), 'many-rules-'));
  try {
    await writeFile(join(dir, 'policy.yaml'), dump(policy, { noRefs: true }));
    await writeFile(join(dir, 'inventory.yaml'), dump(inventory, { noRefs: true }));
    const [large, small] = await Promise.all([loadPack(dir), loadPack('sdance-ai')]);
    expect(large.recipients.length + large.consents.length + large.never.length).toBeGreaterThan(10_000);
    const questions: readonly Question[] = [
      { purpose: 'service.generation', category: 'generation.prompt' },
      { purpose: 'training', category: 'generation.output' },
      { purpose: 'improvement', category: 'usage' },
    ];
    for (const question of questions)
      expect(decide(large, nobody, question, NOW)).toEqual(decide(small, nobody, question, NOW));
    const delivery: Question = { purpose: 'service.delivery', category: 'generation.output', recipient: 'cdn-7999' };
    expect(decide(large, nobody, delivery, NOW).outcome).toBe('permitted');
  } finally {
    await rm(dir, { recursive: true });
  }
});
