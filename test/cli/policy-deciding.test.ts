import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { ask } from './ask.ts';
import { type Installation, installation } from './installation.ts';

interface Proposal {
  readonly hash: string;
  readonly state: string;
  readonly loosens: boolean;
  readonly signatures: readonly { readonly by: string }[];
  readonly activeFrom: string | null;
  readonly listed: readonly { readonly text: string }[];
}

let the: Installation;
let agent: string;
let lead: string;

beforeAll(async () => {
  the = await installation();
  agent = await the.staff('ada', 'agent');
  lead = await the.staff('lin', 'lead');
});
afterAll(() => the.close());

/** A folder beside the installation with another version of the pack. */
async function folder(name: string, version: number, period: string): Promise<string> {
  const dir = join(the.dir, name);
  await cp(policiesDir('sdance-ai'), dir, { recursive: true });
  const file = join(dir, 'policy.yaml');
  const text = await readFile(file, 'utf8');
  const changed = text.replace('atMost: P30D, from: notice', `atMost: ${period}, from: notice`);
  await writeFile(file, changed.replace('version: 1', `version: ${version}`));
  return `./${name}`;
}
const active = async (now?: string): Promise<unknown> =>
  (await the.kept(['policy', 'list'], now === undefined ? {} : { KEPT_NOW: now })).json().active;

test('a looser policy is proposed, signed by two, stands back for a day, and is then worked by', async () => {
  const dir = await folder('looser', 2, 'P60D');
  const proposed = await the.kept(['policy', 'propose', dir, '--reason', 'people lose videos', '--by', agent]);
  expect([proposed.code, proposed.err]).toEqual([0, '']);
  const proposal = proposed.json<Proposal>();
  expect(proposal).toMatchObject({ state: 'open', loosens: true, loosening: 1, proposedBy: agent, signatures: [] });
  expect(proposal.listed).toMatchObject([{ text: 'Generations: kept at most 60 days instead of 30 days' }]);

  const first = await the.kept(['policy', 'approve', proposal.hash.slice(0, 8), '--by', agent]);
  expect(first.json<Proposal>()).toMatchObject({ state: 'open', signatures: [{ by: agent }] });
  const again = await the.kept(['policy', 'approve', proposal.hash, '--by', agent]);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('You have signed for this already')]);
  const second = await the.kept(['policy', 'approve', dir, '--by', lead]);
  expect(second.json<Proposal>()).toMatchObject({ state: 'waiting', activeFrom: '2026-03-04T08:00:00.000Z' });
  expect(await active()).toMatchObject({ version: 1 });

  const list = await ask(['policy', 'list'], { env: the.env, cwd: the.dir });
  expect(list.out).toContain('active from 2026-03-04T08:00:00.000Z');
  expect(list.out).toContain('Generations: kept at most 60 days instead of 30 days');
});

test('a proposal can be withdrawn, and a tighter one is active with the signature of a lead', async () => {
  const looser = await folder('later', 3, 'P90D');
  await the.kept(['policy', 'propose', looser, '--reason', 'more time', '--by', lead]);
  const withdrawn = await the.kept(['policy', 'withdraw', looser, '--reason', 'not needed', '--by', agent]);
  expect(withdrawn.json<Proposal>()).toMatchObject({ state: 'withdrawn' });

  const tighter = await folder('tighter', 4, 'P14D');
  await the.kept(['policy', 'propose', tighter, '--reason', 'less is enough', '--by', agent]);
  const signed = await the.kept(['policy', 'approve', tighter, '--by', lead]);
  expect(signed.json<Proposal>()).toMatchObject({ state: 'active', loosens: false });
  expect(await active()).toMatchObject({ version: 4, tightening: 1, approvedBy: [lead] });
});

test('wrong questions are answered in one line', async () => {
  const dir = await folder('same', 4, 'P40D');
  const wrong: [string[], string][] = [
    [['policy', 'propose', dir, '--by', agent], '--reason'],
    [['policy', 'propose', dir, '--reason', 'r'], '--by'],
    [['policy', 'propose', dir, '--reason', 'r', '--by', agent], 'version: 5'],
    [['policy', 'propose', './nowhere', '--reason', 'r', '--by', agent], 'nowhere'],
    [['policy', 'approve', 'abcdef12', '--by', lead], 'is proposed'],
    [['policy', 'approve', dir, '--by', 'nobody@kept.test'], '--by'],
    [['policy', 'propose', 'seedance25', '--pack', 'sdance-ai', '--reason', 'r', '--by', agent], 'seedance25'],
    [['policy'], 'half of a command'],
  ];
  for (const [argv, words] of wrong) {
    const asked = await the.kept(argv);
    expect([argv, asked.code, asked.err]).toEqual([argv, 2, expect.stringContaining(words)]);
    expect(asked.err.trimEnd().split('\n')).toHaveLength(1);
  }
});
