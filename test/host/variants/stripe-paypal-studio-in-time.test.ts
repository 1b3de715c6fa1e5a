import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { thumbnailOf } from '../../../examples/video-host/src/media/media.ts';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { DAY } from '../../support/people.ts';
import { START } from '../../support/scene.ts';
import { linkTo, openStudio, post, type StudioScene } from './openStudio.ts';

/** What is left of the seed: images and uploads by their labels, and whether record, file and thumbnail agree. */
async function left(the: StudioScene): Promise<string[]> {
  const labels = [
    'mara.kitchen',
    'mara.pier',
    'mara.whale',
    'jonas.train',
    'jonas.snow',
    'aiko.koi',
    'aiko.rain',
    'pavel.birds',
  ];
  const there: string[] = [];
  for (const label of labels) {
    const file = `outputs/${idOf(label)}.gif`;
    const parts = [
      (await the.models.generations.countDocuments({ _id: idOf(label) })) === 1,
      await the.media.has(file),
      await the.media.has(thumbnailOf(file)),
    ];
    expect([label, new Set(parts).size]).toEqual([label, 1]);
    if (parts[0]) there.push(label);
  }
  for (const label of ['mara.kitchen', 'jonas.train']) {
    const _id = idOf(`${label} upload`);
    const there = (await the.models.uploads.countDocuments({ _id })) === 1;
    expect([label, await the.media.has(`uploads/${_id}.gif`)]).toEqual([label, there]);
  }
  return there;
}

async function sweptOn(the: StudioScene, day: number): Promise<string[]> {
  the.clock.set(new Date(START.getTime() + day * DAY));
  await the.kept.retention.sweep();
  return left(the);
}

describe('time goes by, and nobody asks for anything', () => {
  let the: StudioScene;
  beforeAll(async () => {
    the = await openStudio();
  });
  afterAll(() => the.close());

  test('a sweep ends what each plan no longer keeps, logs and closed accounts, and takes the billing address out of old payments', async () => {
    const all = await left(the);
    const jonas = await the.signedIn('jonas');
    const paths = [await linkTo(jonas, String(idOf('jonas.train'))), await linkTo(jonas, String(idOf('jonas.snow')))];
    expect(await sweptOn(the, 0)).toEqual(all);
    expect(await the.models.uploads.countDocuments()).toBe(2);

    expect(await sweptOn(the, 3)).toEqual(all.filter((label) => !['jonas.train', 'pavel.birds'].includes(label)));
    expect(await the.models.uploads.find().distinct('_id')).toEqual([idOf('mara.kitchen upload')]);
    const opened = await Promise.all(paths.map(async (path) => (await the.stranger().get(path)).status));
    expect(opened).toEqual([404, 200]);
    expect((await the.kept.links.of(String(idOf('jonas')))).map(({ record }) => record)).toEqual([
      String(idOf('jonas.snow')),
    ]);
    const oldest = await the.models.requestLogs.findOne().sort({ at: 1 }).lean();
    expect(oldest?.at.getTime()).toBeGreaterThan(the.clock.now().getTime() - 90 * DAY);
    expect(await the.models.users.findById(idOf('pavel'))).toBeNull();
    expect(await the.models.users.countDocuments()).toBe(3);

    const payments = await the.models.payments.find().sort({ paidAt: 1 }).lean();
    expect(payments.map(({ userId, status, billingEmail }) => [String(userId), status, billingEmail])).toEqual([
      [String(idOf('mara')), 'paid', undefined],
      [String(idOf('aiko')), 'paid', undefined],
      [String(idOf('mara')), 'paid', 'mara@example.org'],
    ]);

    expect(await sweptOn(the, 20)).toEqual(['mara.kitchen', 'mara.pier', 'mara.whale', 'jonas.snow', 'aiko.rain']);
    expect(await sweptOn(the, 31)).toEqual(['mara.pier', 'mara.whale']);
    await sweptOn(the, 350);
    expect(await the.models.payments.countDocuments()).toBe(3);
  });
});

describe('a change of plan', () => {
  let the: StudioScene;
  beforeAll(async () => {
    the = await openStudio();
  });
  afterAll(() => the.close());

  test('stripe-paypal-studio.retention.by-plan: the free plan keeps 30 days and the pro plan a year; a downgrade warns and leaves 14 days, an upgrade lengthens', async () => {
    const [mara, jonas] = [await the.signedIn('mara'), await the.signedIn('jonas')];
    const plans = (await mara.get('/plan').expect(200)).text;
    for (const shown of ['<td>30 days</td>', '<td>1 year</td>', 'If you change to the free plan today'])
      expect(plans).toContain(shown);

    await post(mara, '/plan/downgrade').expect(303);
    await post(mara, '/plan/downgrade').expect(409);
    const letter = the.mailer.sent.find(({ to }) => to === 'mara@example.org');
    const first = new Date(START.getTime() + 14 * DAY).toISOString().slice(0, 10);
    expect(letter?.subjectLine).toBe('Your plan has changed: what will be deleted, and when');
    expect(letter?.text).toContain(`4 of yours will be deleted earlier, the first on ${first}`);
    const page = (await mara.get('/plan').expect(200)).text;
    expect(page).toContain('What goes earlier on the free plan');
    expect(page).toMatch(new RegExp(`Fog rolling over a pier at first light</td><td>${first}</td>`));
    expect((await mara.get('/videos')).text).toContain('You left the pro plan on 2026-03-03');

    await post(jonas, '/plan/upgrade', { processor: 'stripe' }).expect(303);
    const all = await left(the);
    const without = (...gone: string[]): string[] => all.filter((label) => !gone.includes(label));
    // Thirty-one days old, and due on the free plan.
    expect(await sweptOn(the, 3)).toEqual(without('pavel.birds'));
    expect(await sweptOn(the, 13.9)).toEqual(without('pavel.birds', 'aiko.koi'));
    expect(await sweptOn(the, 14)).toEqual(without('pavel.birds', 'aiko.koi', 'mara.kitchen', 'mara.pier'));
    expect(await sweptOn(the, 31)).toEqual(['jonas.train', 'jonas.snow']);

    // What is made after the downgrade has the free plan's time from its first day, without a grace.
    the.clock.set(new Date(START.getTime() + 32 * DAY));
    await post(await the.signedIn('mara'), '/generations', { prompt: 'Afterwards' }).expect(303);
    await sweptOn(the, 61);
    expect(await the.models.generations.countDocuments({ prompt: 'Afterwards' })).toBe(1);
    await sweptOn(the, 62);
    expect(await the.models.generations.countDocuments({ prompt: 'Afterwards' })).toBe(0);
  });
});

describe('what an open case needs', () => {
  let the: StudioScene;
  beforeAll(async () => {
    the = await openStudio();
  });
  afterAll(() => the.close());

  test('stripe-paypal-studio.retention.necessary: a legal hold and an open request for access suspend deletion of what they need, and of nothing else', async () => {
    const subject = String(idOf('jonas'));
    const claim = { kind: 'legal', subject, collection: 'generations', ground: 'claim 7', by: 'ada' } as const;
    const hold = await the.kept.holds.place(claim);
    const access = {
      right: 'access',
      channel: 'app',
      subject: String(idOf('aiko')),
      address: 'aiko@example.net',
    } as const;
    const { _id } = await the.kept.requests.open({ ...access, text: 'A copy, please.' });

    const kept = ['mara.kitchen', 'mara.pier', 'mara.whale', 'jonas.train', 'jonas.snow', 'aiko.koi', 'aiko.rain'];
    expect(await sweptOn(the, 20)).toEqual(kept);
    // The claim is about images: the upload and the old log of the same person go.
    expect(await the.models.uploads.countDocuments({ userId: subject })).toBe(0);
    expect(await the.models.requestLogs.countDocuments({ userId: subject })).toBe(1);
    const frozen = (await the.kept.findings.open()).filter(({ code }) => code === 'CEILING_FROZEN');
    // The billing address of an old payment is frozen too, since the copy that was asked for must hold it.
    expect(frozen.map(({ place }) => place).sort()).toEqual(['generations', 'payments']);

    await the.kept.holds.lift(hold, 'ada');
    expect(await sweptOn(the, 20.5)).toEqual([
      'mara.kitchen',
      'mara.pier',
      'mara.whale',
      'jonas.snow',
      'aiko.koi',
      'aiko.rain',
    ]);
    await the.kept.requests.run(_id);
    expect(await sweptOn(the, 21)).toEqual(['mara.kitchen', 'mara.pier', 'mara.whale', 'jonas.snow', 'aiko.rain']);
  });
});
