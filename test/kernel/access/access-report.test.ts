import { describe, expect, test } from '@jest/globals';
import { loadPack, type Policy } from '@kept/core';
import { loadRegime } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { reportPages } from '../../../packages/core/src/adapters/report/reportPages.ts';
import type { AccessFacts, AccessReport } from '../../../packages/core/src/kernel/access/accessReport.ts';
import { composeReport } from '../../../packages/core/src/kernel/access/composeReport.ts';
import { noticeLabels } from '../../../packages/core/src/kernel/notice/noticeLabels.ts';
import { packs } from '../../policies/packs.ts';

const AT = new Date('2026-03-10T08:00:00Z');
const NOTHING: AccessFacts = {
  receivedAt: new Date('2026-03-03T08:00:00Z'),
  at: AT,
  held: [],
  own: [],
  received: [],
  consents: [],
  traits: {},
  owner: {},
};

async function reportOf(policy: Policy, facts: Partial<AccessFacts> = {}, regime = 'eu-gdpr'): Promise<AccessReport> {
  const words = await reportPages().words('en');
  return composeReport(policy, await loadRegime(regime), words, noticeLabels(policy), { ...NOTHING, ...facts });
}

const section = (report: AccessReport, id: string) => report.sections.find((each) => each.id === id);
const row = (report: AccessReport, id: string, rule: string): string[] =>
  section(report, id)
    ?.table?.rows.find((each) => each.rule === rule)
    ?.cells.map(({ text }) => text) ?? [];

describe.each(packs)('the access report of %s', (pack) => {
  test('has every category, with its source, purposes, recipients and period, whatever is held of the person', async () => {
    const policy = await loadPack(pack);
    const report = await reportOf(policy);
    for (const { name } of policy.categories) {
      const cells = row(report, 'data', `categories.${name}`);
      expect([name, cells.length, cells.filter((text) => text === '')]).toEqual([name, 6, []]);
    }
  });

  test('has every purpose with its ground, and every recipient by name', async () => {
    const policy = await loadPack(pack);
    const report = await reportOf(policy);
    const rules = report.sections.flatMap(({ table }) => table?.rows ?? []).map(({ rule }) => rule);
    for (const { name } of policy.purposes) expect(rules).toContain(`purposes.${name}`);
    for (const { name } of policy.recipients) expect(rules).toContain(`recipients.${name}`);
    for (const { right } of policy.rights) expect(rules).toContain(`rights.${right}`);
  });

  test('carries each promise on what is collected', async () => {
    const policy = await loadPack(pack);
    const report = await reportOf(policy);
    const told = report.sections.flatMap(({ table, statements }) => [...(table?.rows ?? []), ...statements]);
    const clauses = new Set(told.flatMap((each) => each.clauses));
    const collected = policy.clauses.filter(({ kind }) => kind === 'collects').map(({ id }) => id);
    const byCategory = collected.filter((id) =>
      policy.clauses.some((clause) => clause.id === id && clause.keptBy.some((rule) => rule.startsWith('categories.'))),
    );
    expect(byCategory.filter((id) => !clauses.has(id))).toEqual([]);
  });
});

describe('what the report tells of a person', () => {
  test('a period is worked out for what they have: the oldest video, and the newest payment', async () => {
    const policy = await loadPack('sdance-ai');
    const named = (name: string) => policy.inventory.collections.find((each) => each.name === name) as never;
    const report = await reportOf(policy, {
      held: [
        {
          collection: named('generations'),
          ...{ records: 2, files: 2, file: 'data/generations.json', shown: ['prompt'], some: [] },
          oldest: { anchors: { generated: new Date('2026-03-01T10:00:00Z') }, predicates: { saved: false } },
          newest: new Date('2026-03-05T10:00:00Z'),
        },
        {
          collection: named('payments'),
          ...{ records: 1, files: 0, file: 'data/payments.json', shown: ['amount'], some: [] },
          newest: new Date('2026-03-05T10:00:00Z'),
        },
      ],
    });
    expect(row(report, 'data', 'categories.generation.prompt')[5]).toContain(
      'the oldest of yours goes by 31 March 2026',
    );
    // One that is saved may be among them, which nothing ends.
    expect(row(report, 'data', 'categories.generation.prompt')[5]).not.toContain('the newest');
    expect(row(report, 'data', 'categories.payment.record')[5]).toContain(
      'the newest of yours stays until 1 January 2035',
    );
    expect(row(report, 'data', 'categories.payment.record')[1]).toBe('1 record');
  });

  test('what goes on one day is told once', async () => {
    const policy = await loadPack('sdance-ai');
    const collection = policy.inventory.collections.find((each) => each.name === 'payments') as never;
    const [day, sameYear] = [new Date('2026-03-01T10:00:00Z'), new Date('2026-03-05T10:00:00Z')];
    const oldest = { anchors: { paid: day }, predicates: {} };
    const held = [{ collection, records: 2, files: 0, shown: ['amount'], some: [], oldest, newest: sameYear }];
    const period = row(await reportOf(policy, { held }), 'data', 'categories.payment.record')[5];
    expect(period).toContain('what there is of yours stays until 1 January 2035 at least');
    expect(period).not.toMatch(/oldest|newest/);
  });

  test('of records that are all at hand, only those count in which something stands', async () => {
    const policy = await loadPack('sdance-ai');
    const collection = policy.inventory.collections.find((each) => each.name === 'users') as never;
    const shown = ['email', 'name', 'birthYear', 'country'];
    const some = [{ id: '1', data: { email: 'mara@example.org', name: '', country: null } }];
    const held = [{ collection, records: 1, files: 0, file: 'data/users.json', shown, some }];
    const report = await reportOf(policy, { held });
    expect(row(report, 'data', 'categories.account.contact')[1]).toBe('1 record');
    expect(row(report, 'data', 'categories.account.age')[1]).toBe('nothing');
    // Of what is hidden nobody looked whether it is there.
    expect(row(report, 'data', 'categories.account.credential')[1]).toBe('1 record at most, not shown');
    expect(section(report, 'copy-users')?.statements[0]?.text).toBe('1 record. All of it: data/users.json');
  });

  test('where a consent is the ground, it says what the person said', async () => {
    const policy = await loadPack('sdance-ai');
    const consents = [{ flag: 'training', what: 'withdrawn', at: AT } as const];
    const basis = async (facts: Partial<AccessFacts>): Promise<string | undefined> =>
      row(await reportOf(policy, facts), 'purposes', 'purposes.training')[1];
    expect(await basis({ consents })).toMatch(/^with your consent .*; you withdrew it on 10 March 2026$/);
    expect(await basis({})).toMatch(/; none of yours is on record$/);
    const contract = row(await reportOf(policy), 'purposes', 'purposes.service.generation')[1];
    expect(contract).not.toContain('on record');
  });

  test('a saved video has no day on which it goes', async () => {
    const policy = await loadPack('sdance-ai');
    const collection = policy.inventory.collections.find((each) => each.name === 'generations') as never;
    const oldest = { anchors: { generated: new Date('2026-03-01T10:00:00Z') }, predicates: { saved: true } };
    const held = [{ collection, records: 1, files: 0, shown: ['prompt'], some: [], oldest }];
    const cells = row(await reportOf(policy, { held }), 'data', 'categories.generation.prompt');
    expect(cells[5]).not.toContain('of yours');
  });

  test('somebody of whom nothing is held is told so first', async () => {
    const report = await reportOf(await loadPack('sdance-ai'));
    expect(report.sections[0]?.statements[0]?.text).toBe('We hold no record of you.');
    expect(row(report, 'data', 'categories.account.contact')[1]).toBe('nothing');
  });

  test('who received something is named, with the last day and how often', async () => {
    const received = [
      {
        recipient: 'fal-ai',
        times: 2,
        last: AT,
        categories: ['generation.prompt'],
        keepsUntil: new Date('2026-04-09T08:00:00Z'),
      },
    ];
    const report = await reportOf(await loadPack('sdance-ai'), { received });
    expect(row(report, 'received', 'recipients.fal-ai').slice(1)).toEqual([
      'Text prompts',
      '2 times',
      '10 March 2026',
      '9 April 2026',
    ]);
  });

  test('rights follow from the ground of each purpose: an objection against an interest, portability under a contract', async () => {
    const report = await reportOf(await loadPack('sdance-ai'));
    const contract = row(report, 'purposes', 'purposes.service.generation')[2];
    expect(contract).toContain('machine-readable');
    expect(contract).not.toMatch(/object/i);
    const interest = row(report, 'purposes', 'purposes.safety.abuse')[2];
    expect(interest).toMatch(/object/i);
    expect(interest).not.toContain('machine-readable');
  });

  test('the page is whole by itself, and says its sentences', async () => {
    const page = await reportPages().page(await reportOf(await loadPack('sdance-ai')));
    expect(page).not.toMatch(/<script|https?:\/\/(?!.*<\/)|src=|@import|url\(/i);
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('What we hold of you');
  });
});
