import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPack, type Right, type StoredRequest } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { DELETE, leadOf, mail } from './case.ts';
import { type Residents, residents } from './residents.ts';

/** What the law makes of one request: the alarm, the statute's date, the letter before, and the end of an extension. */
async function timesOf({ kept }: Scene, request: StoredRequest): Promise<Record<string, unknown>> {
  const clock = await kept.requests.clock(request);
  const { due: acknowledgeBy } = await kept.requests.clock(request, 'acknowledge');
  const { regime, residence, dueOn } = request;
  return { regime, residence, dueOn, due: clock.due, acknowledgeBy, extendedDue: clock.extendedDue };
}

const opened = async (pack: string): Promise<Scene> => scene({ policy: await loadPack(pack) });
const refused = (code: string, remedy: RegExp): object =>
  expect.objectContaining({ code, remedy: expect.stringMatching(remedy) });

describe('Sdance AI', () => {
  let the: Scene;
  let here: Residents;
  beforeAll(async () => {
    the = await opened('sdance-ai');
    here = residents(() => the);
  });
  afterAll(() => the.close());

  test('sdance-ai.right.by-region: the same mail gets the dates of the law of its writer, and never a later one than was promised', async () => {
    const times = async (country: string | undefined): Promise<Record<string, unknown>> => {
      const { address } = await here.living(country);
      await mail(the.kept, address, DELETE);
      return timesOf(the, await here.newestOf(address));
    };
    // 3 April 2026 is Good Friday, 6 April Easter Monday.
    const german = { dueOn: '2026-04-02', due: '2026-04-07', extendedDue: '2026-06-03', acknowledgeBy: '2026-03-06' };
    expect(await times('DE')).toEqual({ regime: 'eu-gdpr', residence: 'DE', ...german });
    expect(await times('us-ca')).toEqual({
      ...{ regime: 'us-ca', residence: 'US-CA', dueOn: '2026-04-02', due: '2026-04-17' },
      ...{ extendedDue: '2026-06-01', acknowledgeBy: '2026-03-17' },
    });
    expect(await times('KR')).toEqual({
      ...{ regime: 'kr-pipa', residence: 'KR', dueOn: '2026-03-13', due: '2026-03-13' },
      ...{ extendedDue: null, acknowledgeBy: null },
    });
    expect(await times(undefined)).toEqual({ regime: 'eu-gdpr', residence: undefined, ...german });
    expect(await times('Austria')).toEqual({ regime: 'eu-gdpr', residence: undefined, ...german });
    expect(await times('AQ')).toEqual({ regime: 'eu-gdpr', residence: 'AQ', ...german });
  });

  test('sdance-ai.right.by-region: each is shown what the notice promises to all, and what their own law grants beyond it', async () => {
    const promised = [
      'access',
      'portability',
      'erasure',
      'rectification',
      'restriction',
      'objection',
      'withdraw-consent',
    ];
    const told = async (country: string | undefined) => here.toldOnPage(await here.living(country));
    expect(await told('DE')).toEqual({
      law: { id: 'eu-gdpr', name: expect.stringContaining('2016/679'), residence: 'DE' },
      rights: [...promised, 'optout-training', 'optout-marketing', 'complaint'],
    });
    expect(await told('US-CA')).toMatchObject({ law: { id: 'us-ca' }, rights: [...promised, 'optout-sale'] });
    expect(await told('KR')).toMatchObject({ law: { id: 'kr-pipa' }, rights: [...promised, 'appeal'] });
    expect(await told(undefined)).toMatchObject({ law: { id: 'eu-gdpr', residence: null } });
  });

  test('a right that only the statute grants gets a case of its own, with the clock that the law has for it', async () => {
    const { key, address } = await here.living('US-CA');
    const input = { channel: 'app', subject: key, address, text: 'Do not sell my data.' } as const;
    const request = await the.kept.requests.open({ ...input, right: 'optout-sale' });
    expect(request).toMatchObject({ status: 'verified', regime: 'us-ca', dueOn: '2026-03-20' });
    expect(await the.kept.requests.clock(request)).toMatchObject({ due: '2026-03-24', earliest: '2026-03-20' });
    const lead = await the.kept.staff.add({
      email: 'l@kept.test',
      name: 'Lin',
      role: 'lead',
      password: 'a long password',
    });
    expect(await the.kept.requests.answer(request._id, lead._id, 'Nobody buys it.')).toMatchObject({
      status: 'answered',
    });
  });

  test('a right that the notice promises is answered where the statute knows none', async () => {
    const { key, address } = await here.living('US-CA');
    const input = { channel: 'app', subject: key, address, text: 'Stop it, please.' } as const;
    const request = await the.kept.requests.open({ ...input, right: 'objection' });
    const { rules, promiseDue } = await the.kept.requests.clock(request);
    expect([request.dueOn, promiseDue]).toEqual(['2026-04-02', '2026-04-02']);
    expect(rules).toContain('us-ca does not name the right objection');
  });
});

describe('Seedance 2.5, whose notice sets no period', () => {
  let the: Scene;
  let here: Residents;
  beforeAll(async () => {
    the = await opened('seedance25');
    here = residents(() => the);
  });
  afterAll(() => the.close());

  const ask = async (country: string | undefined, right: Right = 'access'): Promise<StoredRequest> => {
    const { key, address } = await here.living(country);
    return the.kept.requests.open({ right, channel: 'app', subject: key, address, text: 'Asked on the page.' });
  };

  test('seedance25.right.by-jurisdiction: the same request has other deadlines and other extensions in every jurisdiction, and the strictest where none is known', async () => {
    const [berlin, california, korea, nowhere] = [
      await ask('DE'),
      await ask('US-CA'),
      await ask('KR'),
      await ask(undefined),
    ];
    const open = { residence: undefined, acknowledgeBy: expect.anything() };
    expect(await timesOf(the, berlin)).toMatchObject({ regime: 'eu-gdpr', dueOn: '2026-04-03', due: '2026-04-03' });
    expect(await timesOf(the, california)).toMatchObject({ regime: 'us-ca', dueOn: '2026-04-16', due: '2026-04-17' });
    expect(await timesOf(the, korea)).toMatchObject({ regime: 'kr-pipa', dueOn: '2026-03-13', due: '2026-03-13' });
    expect(await timesOf(the, nowhere)).toMatchObject({ regime: 'unknown', dueOn: '2026-03-13', ...open });

    const [{ extend }, lead] = [the.kept.requests, await leadOf(the.kept)];
    expect(await extend(berlin._id, lead, 'Many works.')).toMatchObject({ dueOn: '2026-06-03' });
    expect(await extend(california._id, lead, 'Many works.')).toMatchObject({ dueOn: '2026-05-31' });
    await expect(extend(korea._id, lead, 'Many works.')).rejects.toEqual(
      refused('EXTENSION_INVALID', /after 2026-03-13/),
    );
    await expect(extend(korea._id, lead, 'Many works.', '2026-03-10')).rejects.toEqual(
      refused('EXTENSION_INVALID', /after 2026-03-13/),
    );
    expect(await extend(korea._id, lead, 'Many works.', '2026-03-27')).toMatchObject({
      dueOn: '2026-03-27',
      extension: { on: '2026-03-03', until: '2026-03-27' },
    });
    await expect(extend(nowhere._id, lead, 'Many works.')).rejects.toEqual(
      refused('EXTENSION_INVALID', /Answer by 2026-03-13/),
    );
    for (const { ticket } of [berlin, california, korea, nowhere]) {
      const all = await the.kept.requests.list({ ids: (await the.kept.tickets.get(ticket))?.requests ?? [] });
      expect((await the.kept.tickets.get(ticket))?.dueOn).toBe(all.items[0]?.dueOn);
    }
  });

  test('seedance25.right.by-jurisdiction: each is shown the rights of their own law beside those of the notice', async () => {
    const rights = async (country: string | undefined) => (await here.toldOnPage(await here.living(country))).rights;
    const notice = ['access', 'portability', 'erasure', 'rectification', 'restriction', 'objection'];
    expect(await rights('BR')).toEqual(expect.arrayContaining([...notice, 'withdraw-consent', 'complaint']));
    expect(await rights('US-NV')).toEqual([...notice, 'optout-sale']);
    expect(await rights(undefined)).toEqual(expect.arrayContaining([...notice, 'optout-sale', 'appeal', 'complaint']));
  });

  test('a day is named for the end of an extension only where the law leaves that to the letter', async () => {
    const { _id } = await ask('US-CA');
    await expect(the.kept.requests.extend(_id, await leadOf(the.kept), 'Many works.', '2026-05-01')).rejects.toEqual(
      refused('EXTENSION_INVALID', /the law does/),
    );
    expect(await the.kept.requests.get(_id)).not.toHaveProperty('extension');
  });
});

describe('the studio, whose records do not say where people live', () => {
  let the: Scene;
  let here: Residents;
  beforeAll(async () => {
    the = await opened('stripe-paypal-studio');
    here = residents(() => the);
  });
  afterAll(() => the.close());

  const ask = async (residence?: string): Promise<StoredRequest> => {
    const { key, address } = await here.living(undefined);
    const input = {
      right: 'erasure',
      channel: 'app',
      subject: key,
      address,
      text: 'Asked in the support section.',
    } as const;
    return the.kept.requests.open({ ...input, ...(residence && { residence }) });
  };

  test('stripe-paypal-studio.right.by-location: the law is that of the place that the person named, and the strictest while nobody did', async () => {
    expect(await timesOf(the, await ask('DE'))).toMatchObject({
      regime: 'eu-gdpr',
      due: '2026-04-07',
      extendedDue: '2026-06-03',
    });
    expect(await timesOf(the, await ask('US-CA'))).toMatchObject({
      regime: 'us-ca',
      due: '2026-04-17',
      extendedDue: '2026-06-01',
    });
    expect(await timesOf(the, await ask('KR'))).toMatchObject({
      regime: 'kr-pipa',
      due: '2026-03-13',
      extendedDue: null,
    });
    expect(await timesOf(the, await ask())).toMatchObject({ regime: 'unknown', due: '2026-03-13', extendedDue: null });
    await expect(ask('Austria')).rejects.toEqual(refused('RESIDENCE_INVALID', /such as DE or US-CA/));
  });

  test('stripe-paypal-studio.right.by-location: staff take down a place that was named later; the law follows, and the alarm stays where it was', async () => {
    const { _id, dueOn } = await ask();
    const moved = await the.kept.requests.livesIn(_id, 'ada', 'us-ca');
    expect(moved).toMatchObject({ regime: 'us-ca', residence: 'US-CA', dueOn });
    expect(await the.kept.requests.clock(moved)).toMatchObject({ due: '2026-04-17' });
    await the.kept.requests.advance();
    expect(await the.kept.requests.get(_id)).toMatchObject({ regime: 'us-ca', residence: 'US-CA', dueOn });
    await the.kept.evidence.sequence();
    const types = (await the.kept.evidence.entries({ kind: 'requests', id: _id })).map(({ type }) => type);
    expect(types.filter((type) => type === 'LawOfResidenceChanged')).toHaveLength(1);
  });

  test('a place that is named after an extension is refused: the person was told a date by the law that gave it', async () => {
    const { _id } = await ask('US-CA');
    const extended = await the.kept.requests.extend(_id, await leadOf(the.kept), 'Many works.');
    await expect(the.kept.requests.livesIn(_id, 'ada', 'DE')).rejects.toEqual(
      refused('REQUEST_CONFLICT', /the person was told/),
    );
    expect(await the.kept.requests.get(_id)).toMatchObject({ regime: 'us-ca', dueOn: extended.dueOn });
  });
});
