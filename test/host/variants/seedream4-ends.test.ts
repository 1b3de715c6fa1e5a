import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lint, loadPack } from '@kept/core';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedream4/models.ts';
import { deviceToken } from '../../../examples/video-host/variants/seedream4/seed.ts';
import { trainingRun } from '../../../examples/video-host/variants/seedream4/training.ts';
import { again, approved } from '../../engine/case.ts';
import { linkFor } from '../../support/people.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

const DAY = 86_400_000;

let the: VariantScene;
let models: Models;
const inAScene = (): void => {
  beforeAll(async () => {
    the = await openVariant(variant);
    models = modelsOn(the.connection);
  });
  afterAll(() => the.close());
};

const files = async (): Promise<readonly string[]> => (await the.everything()).files?.split('\n').filter(Boolean) ?? [];
const people = async (): Promise<string[]> => {
  const there = (await models.visitors.find({}, { _id: 1 }).lean()).map(({ _id }) => String(_id));
  return Object.keys(the.people)
    .filter((key) => there.includes(the.people[key]?.id ?? ''))
    .sort();
};
/** Where the app's own collections, and its files, still hold any of these words. */
const places = async (...words: readonly string[]): Promise<readonly string[]> =>
  (await the.placesOf(...words)).filter((name) => !name.startsWith('kept_'));

const usesWhere = (filter: object): Promise<number> =>
  the.connection.collection('kept_uses').countDocuments({ kind: 'use', ...filter });
const uses = (): Promise<number> => usesWhere({});
const trained = () => trainingRun({ models, kept: the.kept }, '2026-03-03');

async function sweptAt(instant: string | number): Promise<void> {
  the.clock.set(new Date(typeof instant === 'string' ? instant : the.clock.now().getTime() + instant * DAY));
  await the.kept.retention.sweep();
}

describe('time', () => {
  inAScene();

  test('seedream4.right.none-stated: takes images after 90 days with their files, devices after 180, closed accounts after 30, and nothing before', async () => {
    const filesBefore = await files();
    expect(filesBefore).toHaveLength(16);
    await sweptAt(0);
    expect(await files()).toEqual(filesBefore);
    expect(await models.creations.countDocuments()).toBe(9);
    await trained();

    await sweptAt(2);
    expect(await places('plan of a garden')).toEqual([]);
    expect(await files()).toHaveLength(15);
    expect(await models.creations.countDocuments()).toBe(8);
    expect(await models.activities.countDocuments()).toBe(4);
    expect(await people()).toEqual(['ida', 'lena', 'noor', 'otto', 'pia', 'wren']);

    await sweptAt(8);
    expect(await people()).toEqual(['ida', 'noor', 'otto', 'wren']);
    // With an account goes all else of its person, but what the law keeps.
    expect(await places(the.people.pia?.id ?? '', 'an empty theatre')).toEqual([]);
    expect(await files()).toHaveLength(14);
    expect(await models.payments.countDocuments({ visitorId: null })).toBe(1);

    await sweptAt(80);
    expect([await files(), await models.creations.countDocuments()]).toEqual([[], 0]);
    expect(await models.activities.countDocuments()).toBe(0);
    expect(await people()).toEqual(['ida', 'noor', 'otto', 'wren']);

    await sweptAt(90);
    expect(await people()).toEqual(['ida', 'wren']);
    expect(await models.payments.countDocuments()).toBe(3);
    expect(await uses()).toBe(2);
  });

  test('seedream4.right.none-stated: ends payments when Austrian tax law lets them go, and members stay as long as they are members', async () => {
    await sweptAt('2032-12-31T22:00:00Z');
    expect(await models.payments.countDocuments()).toBe(3);
    expect(await uses()).toBe(0);
    await sweptAt('2033-01-01T01:00:00Z');
    expect(await models.payments.countDocuments()).toBe(1);
    await sweptAt('2034-01-01T01:00:00Z');
    expect(await models.payments.countDocuments()).toBe(0);
    expect(await people()).toEqual(['ida', 'wren']);
  });
});

describe('time and a legal hold', () => {
  inAScene();

  test('leaves what the hold covers, and only that', async () => {
    const noor = the.people.noor?.id ?? '';
    const by = (
      await the.kept.staff.add({ email: 'l@kept.test', name: 'L', role: 'lead', password: 'a long password' })
    )._id;
    await the.kept.holds.place({ kind: 'legal', subject: noor, ground: 'claim 7', by });
    await sweptAt(200);
    expect(await people()).toEqual(['ida', 'noor', 'wren']);
    expect((await models.creations.find().lean()).map(({ visitorId }) => String(visitorId))).toEqual([noor, noor]);
    expect(await files()).toHaveLength(3);
  });
});

describe('a request', () => {
  inAScene();

  test('seedream4.contact.email, seedream4.right.none-stated: for erasure by mail is answered end to end, item by item, and the answer names what stays and why', async () => {
    const { findings } = lint(await loadPack('seedream4'));
    const gaps = findings.filter(({ clause }) => clause === 'seedream4.right.none-stated').map(({ code }) => code);
    expect(gaps).toEqual(expect.arrayContaining(['NO_RIGHTS_STATED', 'NO_RETENTION_STATED']));

    const { id, email } = the.protagonist;
    await the.kept.consents.give(id, 'training', 'training page');
    await trained();
    const itemsOf = await models.creations.find({ visitorId: id }).lean();
    const items = itemsOf.flatMap(({ batch, outputs }) => [...batch, ...outputs]).flatMap(({ file }) => file ?? []);
    expect(items).toHaveLength(8);
    expect(await files()).toEqual(expect.arrayContaining(items));

    const erased = await the.eraseByMail(the.protagonist);
    expect(erased).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
    const done = Object.fromEntries((erased.carriedOut ?? []).map((line) => [line.collection, line]));
    expect(done).toMatchObject({
      visitors: { action: 'erase', done: 1 },
      creations: { action: 'erase', done: 3, files: 8 },
      activities: { action: 'erase', done: 3 },
      payments: { action: 'detach', count: 2, ground: { article: 'Art 17(3)(b) GDPR' } },
      'kept.uses': { action: 'detach', count: 3, ground: { article: 'Art 5(2) GDPR' } },
    });

    expect(await places(id, email, 'Ida Moser', 'Ringstrasse 4, 1010')).toEqual(['visitors']);
    expect(await models.visitors.findOne({ 'account.name': 'Ida Moser' })).toBeNull();
    expect((await files()).filter((key) => items.includes(key))).toEqual([]);
    expect(await files()).toHaveLength(16 - items.length);
    expect(await models.payments.countDocuments({ visitorId: null })).toBe(2);
    expect(await usesWhere({ subject: { $exists: false }, erasedAt: { $exists: true } })).toBe(3);

    const letter = the.mailer.sent.filter(({ to }) => to === email).at(-1);
    expect(letter?.text).toContain('tax law asks for invoices and payments to be kept');
    expect(letter?.attachments.map(({ name }) => name)).toEqual([expect.stringMatching(/^receipt-/)]);
    const today = the.clock.now().toISOString().slice(0, 10);
    expect(today <= erased.dueOn).toBe(true);
  });

  test('seedream4.collects.account: is made by somebody known by a device alone, who says where the answer goes', async () => {
    const noor = the.people.noor?.id ?? '';
    const device = request.agent(the.app);
    device.set('cookie', `device=${deviceToken('noor')}`);
    const page = await device.get('/privacy/ask/erasure').set('accept', 'text/html').expect(200);
    expect(page.text).toContain('name="address"');
    const post = (form: object) => device.post('/privacy/requests').set('accept', 'application/json').send(form);
    for (const address of [undefined, 'nowhere', 'a@b', 'a b@example.org']) {
      const refused = await post({ right: 'erasure', ...(address && { address }) }).expect(422);
      expect(refused.body.detail).toContain('address');
    }
    expect((await the.kept.requests.list({ status: 'open' })).total).toBe(0);

    const { id } = (await post({ right: 'erasure', address: 'noor@example.org' }).expect(201)).body as { id: string };
    await the.kept.workOff();
    await approved(the.kept, id);
    await the.kept.workOff();
    expect(await again(the.kept, id)).toMatchObject({ status: 'fulfilled', identity: { how: 'account' } });
    expect(await places(noor, 'astronaut', 'paper boat')).toEqual([]);
    expect(await people()).not.toContain('noor');
    const subjects = the.mailer.sent
      .filter(({ to }) => to === 'noor@example.org')
      .map(({ attachments }) => attachments);
    expect(subjects.at(-1)).toHaveLength(1);
    await device.get('/privacy').expect(403);
  });

  test('seedream4.collects.account: is made by mail by somebody who left an address and has no account', async () => {
    const otto = the.people.otto;
    if (!otto) throw new Error('The cast has no otto');
    expect(await places(otto.id, otto.email)).toEqual(['creations', 'visitors']);
    expect(await the.eraseByMail(otto)).toMatchObject({ status: 'fulfilled', identity: { how: 'link' } });
    expect(await places(otto.id, otto.email, 'bridge of glass')).toEqual([]);
  });

  test('of a stranger, by mail, opens nobody’s record: they are told that nothing is there, once the address is proven', async () => {
    const stranger = 'stranger@example.com';
    const lettersTo = (): string[] =>
      the.mailer.sent.filter(({ to }) => to === stranger).map(({ subjectLine }) => subjectLine.replace(/ \(K-.*/, ''));
    await the.mail(stranger, 'Please delete everything you have about me.');
    expect(lettersTo()).toEqual(['We have your request', 'Please confirm your address']);
    const [open] = (await the.kept.requests.list({ status: 'open' })).items;
    expect(open).toMatchObject({ status: 'received', about: { subject: `kept:address:${stranger}` } });

    await the.kept.requests.confirm(linkFor(the, stranger));
    await the.kept.workOff();
    expect(await again(the.kept, open?._id ?? '')).toMatchObject({ status: 'fulfilled' });
    expect(lettersTo()).toContain('We found nothing under your address');
    expect(await people()).toEqual(expect.arrayContaining(['lena', 'pia', 'wren']));
  });
});
