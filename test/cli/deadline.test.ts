import { describe, expect, test } from '@jest/globals';
import { regimeIds } from '../../packages/core/src/index.ts';
import { ask, words } from './ask.ts';

const clock = (line: string): Promise<Record<string, unknown>> => clockUnder('eu-gdpr', line);

async function clockUnder(regime: string, line: string): Promise<Record<string, unknown>> {
  const { code, err, json } = await ask([...words(`deadline --regime ${regime} ${line}`), '--json']);
  expect([code, err]).toEqual([0, '']);
  return json();
}

describe('kept deadline', () => {
  test('answers every reading and nothing else: 31 January has its month over on the last of February, a Saturday', async () => {
    const { rules, ...dates } = await clock('--received 2026-01-31');
    expect(dates).toEqual({
      nominal: '2026-02-28',
      due: '2026-03-02',
      earliest: '2026-02-28',
      extendedDue: '2026-04-30',
      extensionNoticeBy: '2026-03-02',
      ifPaused: null,
      promiseDue: null,
    });
    expect(rules).toContain('eu-gdpr.respond Art 12(3)');
  });

  test('sdance-ai.contact.thirty-days: the promise of the pack stands beside the law', async () => {
    expect(await clock('--received 2026-03-03 --pack sdance-ai --right access')).toMatchObject({
      due: '2026-04-03',
      promiseDue: '2026-04-02',
    });
  });

  test('holidays are those of the calendar that was named', async () => {
    expect(await clock('--received 2025-09-03')).toMatchObject({ due: '2025-10-03' });
    expect(await clock('--received 2025-09-03 --calendar DE')).toMatchObject({ due: '2025-10-06' });
  });

  test('an instant falls on its day in the zone: named, of the pack, or UTC', async () => {
    const late = '--received 2026-03-09T23:30:00Z';
    expect(await clock(late)).toMatchObject({ nominal: '2026-04-09' });
    expect(await clock(`${late} --zone Europe/Berlin`)).toMatchObject({ nominal: '2026-04-10' });
    expect(await clock(`${late} --pack sdance-ai`)).toMatchObject({ nominal: '2026-04-10' });
    expect(await clock(`${late} --pack sdance-ai --zone UTC`)).toMatchObject({ nominal: '2026-04-09' });
  });

  test('an open question to the person is a defence, the date stays', async () => {
    const open = '--received 2026-03-03 --right access --pause scope:2026-03-05..2026-03-09';
    const { due, ifPaused } = await clock(open);
    const twice = await clock(`${open} --pause identity:2026-03-12..2026-03-14`);
    expect(due).toBe('2026-04-03');
    expect(String(ifPaused) > String(due)).toBe(true);
    expect(String(twice.ifPaused) > String(ifPaused)).toBe(true);
  });

  test('a question of scope without a right is one on a request for access, and the rules say so', async () => {
    const asked = '--received 2026-03-02 --calendar GB-ENG --pause scope:2026-03-05..2026-03-12';
    const unnamed = await clockUnder('uk-gdpr', asked);
    expect(unnamed).toMatchObject({ due: '2026-04-10', extensionNoticeBy: '2026-04-10', extendedDue: '2026-06-10' });
    expect(unnamed).toEqual(await clockUnder('uk-gdpr', `${asked} --right access`));
    expect(await clockUnder('uk-gdpr', `${asked} --right erasure`)).toMatchObject({ due: '2026-04-02' });
    expect((await clock('--received 2026-03-02 --pause scope:2026-03-05..2026-03-12')).ifPaused).not.toBeNull();
  });

  test('an extension told in time changes nothing in the first window', async () => {
    const plain = await clock('--received 2026-03-03');
    expect(await clock('--received 2026-03-03 --extended-on 2026-03-20')).toEqual(plain);
  });

  test('a clock that the regime does not have is an answer of nulls', async () => {
    expect(await clock('--received 2026-03-03 --kind appeal')).toMatchObject({
      due: null,
      extendedDue: null,
      rules: [expect.stringContaining('no appeal clock')],
    });
  });

  test('people read each date with its meaning', async () => {
    const { out } = await ask(words('deadline --regime eu-gdpr --received 2026-01-31'));
    expect(out).toContain('2026-03-02  due                answer by, rolled where the regime rolls\n');
  });

  test('what rests on a text that nobody read says so, rule by rule and at the end', async () => {
    const { out } = await ask(words('deadline --regime us-ct --received 2026-03-03'));
    expect(out).toContain('  us-ct.respond.extend Conn. Gen. Stat. 42-518 (unverified)\n');
    expect(out).toMatch(/\n1 rule rests on a text that was not read: [^\n]+\n$/);
    const read = await ask(words('deadline --regime us-va --received 2026-03-03'));
    expect(read.out).not.toMatch(/unverified|not read/);
  });
});

describe('kept deadline under any law', () => {
  test('answers with the dates of the contract, and rules that name the law', async () => {
    const keys = 'due earliest extendedDue extensionNoticeBy ifPaused nominal promiseDue rules';
    for (const id of await regimeIds()) {
      const found = await clockUnder(id, '--received 2026-03-03');
      expect([id, Object.keys(found).sort()]).toEqual([id, keys.split(' ')]);
      expect([id, found.due]).toEqual([id, expect.stringMatching(/^2026-0[3-6]-\d\d$/)]);
      expect((found.rules as string[])[0]).toMatch(new RegExp(`^${id}\\.respond `));
    }
  });

  test.each([
    ['uk-gdpr', '--received 2026-11-25', { nominal: '2026-12-25', due: '2026-12-29' }],
    ['uk-gdpr', '--received 2026-11-25 --calendar GB-SCT', { due: '2026-12-29' }],
    ['uk-gdpr', '--received 2026-05-01 --identity-received 2026-05-11', { due: '2026-06-11' }],
    ['uk-gdpr', '--received 2026-05-01 --fee-paid 2026-05-12', { due: '2026-06-12' }],
    [
      'uk-gdpr',
      '--received 2026-03-02 --right access --pause scope:2026-03-05..2026-03-12',
      { due: '2026-04-10', extendedDue: '2026-06-10', extensionNoticeBy: '2026-04-10', ifPaused: null },
    ],
    ['us-ca', '--received 2026-06-12 --kind acknowledge', { due: '2026-06-29', earliest: '2026-06-24' }],
    ['us-ca', '--received 2026-06-12', { due: '2026-07-27', earliest: '2026-07-26', extendedDue: '2026-09-10' }],
    ['us-ia', '--received 2026-01-01', { due: '2026-04-01', extendedDue: '2026-05-16' }],
    ['us-fl', '--received 2026-03-02', { due: '2026-04-16', extendedDue: '2026-05-01' }],
    ['us-ut', '--received 2026-03-02 --kind appeal', { due: null }],
    ['kr-pipa', '--received 2026-09-21', { due: '2026-10-01', extendedDue: null }],
    ['unknown', '--received 2026-03-06', { due: '2026-03-16', extendedDue: null, extensionNoticeBy: null }],
  ])('%s %s', async (regime, line, dates) => {
    expect(await clockUnder(regime, line)).toMatchObject(dates);
  });

  test('says from when a law applies that does not yet', async () => {
    expect((await clockUnder('us-al', '--received 2026-11-20')).rules).toContain('us-al applies from 2027-05-01');
  });

  test.each([
    ['us-cc', '"us-ca"'],
    ['eu_gdpr', '"eu-gdpr"'],
    ['somewhere', 'use one of: au-app'],
    ['shared/us-state', 'use one of: au-app'],
  ])('refuses the regime %s, and names %s', async (regime, remedy) => {
    const { code, out, err } = await ask(words(`deadline --regime ${regime} --received 2026-03-03`));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`There is no regime "${regime}". Where: --regime.`);
    expect(err).toContain(remedy);
  });

  test('refuses an extension that comes too late, or that the law does not know', async () => {
    const late = await ask(words('deadline --regime us-va --received 2026-02-14 --extended-on 2026-04-01'));
    expect([late.code, late.err]).toEqual([2, expect.stringContaining('had to be told by 2026-03-31')]);
    const none = await ask(words('deadline --regime ca-qc --received 2026-03-02 --extended-on 2026-03-10'));
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('knows no extension')]);
  });
});
