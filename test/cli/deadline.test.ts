import { describe, expect, test } from '@jest/globals';
import { ask, words } from './ask.ts';

async function clock(line: string): Promise<Record<string, unknown>> {
  const { code, err, json } = await ask([...words(`deadline --regime eu-gdpr ${line}`), '--json']);
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
});
