import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { thumbnailOf } from '../../../examples/video-host/src/media/media.ts';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { anAgent, type Browser, linkTo, look, made, openStudio, post, type StudioScene } from './openStudio.ts';

let the: StudioScene;
let mara: Browser;
let jonas: Browser;
beforeAll(async () => {
  the = await openStudio();
  mara = await the.signedIn('mara');
  jonas = await the.signedIn('jonas');
});
afterAll(() => the.close());

describe('stripe-paypal-studio.visibility.private-default: what somebody makes', () => {
  test('opens for nobody else and stands in no list, until its owner makes it public, and no longer once it is private again', async () => {
    const id = await made(jonas, 'A kettle that dreams');
    const places = [`/videos/${id}`, `/media/${id}/image`, `/media/${id}/thumbnail`];
    for (const place of places) {
      await jonas.get(place).expect(200);
      await mara.get(place).expect(404);
      await the.stranger().get(place).expect(404);
    }
    expect((await the.stranger().get('/')).text).not.toContain(id);

    await post(mara, `/videos/${id}/visibility`, { visibility: 'public' }).expect(404);
    await post(jonas, `/videos/${id}/visibility`, { visibility: 'public' }).expect(303);
    for (const place of places) await the.stranger().get(place).expect(200);
    const gallery = await the.stranger().get('/');
    expect(gallery.text).toContain(id);
    expect(gallery.text + (await the.stranger().get(`/videos/${id}`)).text).not.toContain('A kettle that dreams');

    await post(jonas, `/videos/${id}/visibility`, { visibility: 'private' }).expect(303);
    for (const place of places) await the.stranger().get(place).expect(404);
  });

  test('is gone for others with its account, although it was public', async () => {
    const birds = idOf('pavel.birds');
    expect(await the.models.generations.countDocuments({ _id: birds, visibility: 'public' })).toBe(1);
    expect((await the.stranger().get('/')).text).not.toContain(String(birds));
    await the.stranger().get(`/media/${birds}/image`).expect(404);
  });
});

describe('stripe-paypal-studio.visibility.share-link: a sharing link', () => {
  test('opens one image, for whoever has it, and neither its prompt nor anything else of its owner', async () => {
    const id = await made(jonas, 'Swifts above the roofs');
    const other = await made(jonas, 'A drum made of rain');
    const path = await linkTo(jonas, id);
    const opened = await the.stranger().get(path).expect(200).expect('x-robots-tag', 'noindex');
    const bytes = opened.body as Buffer;
    expect(bytes.subarray(0, 6).toString()).toBe('GIF89a');
    const stored = await the.models.generations.findById(id).lean();
    expect(bytes.length).toBe(stored?.outputs[0]?.size);

    for (const closed of [
      `/videos/${id}`,
      `/media/${id}/image`,
      `/media/${other}/image`,
      `${path}/upload`,
      '/s/guess',
      `/s/${'a'.repeat(43)}`,
    ])
      await the.stranger().get(closed).expect(404);
    expect((await the.stranger().get('/')).text).not.toContain(id);
    expect(await the.placesOf(path.slice(3))).toEqual([]);
    expect((await jonas.get(`/videos/${id}`)).text).toContain('Whoever has your link can see it (1).');
    expect((await mara.get('/privacy').accept('json')).body.links).toEqual([]);
    const [link] = (await jonas.get('/privacy').accept('json')).body.links;
    expect(link).toMatchObject({ record: id, opened: 1 });
  });

  test('is taken back by its owner alone, all of them at once', async () => {
    const id = await made(jonas, 'Snow on a piano');
    const paths = [await linkTo(jonas, id), await linkTo(jonas, id)];
    await post(mara, `/videos/${id}/links/revoke`).expect(404);
    await post(mara, `/videos/${id}/links`).expect(404);
    for (const path of paths) await the.stranger().get(path).expect(200);
    await post(jonas, `/videos/${id}/links/revoke`).expect(303);
    for (const path of paths) await the.stranger().get(path).expect(404);
    await jonas.get(`/media/${id}/image`).expect(200);
  });

  test('dies with what it opens, file and thumbnail with it', async () => {
    const id = await made(jonas, 'A canal boat made of light');
    const path = await linkTo(jonas, id);
    await post(mara, `/videos/${id}/delete`).expect(404);
    const file = (await the.models.generations.findById(id).lean())?.outputs[0]?.file ?? '';
    await post(jonas, `/videos/${id}/delete`).expect(303);
    await the.stranger().get(path).expect(404);
    expect([await the.media.has(file), await the.media.has(thumbnailOf(file))]).toEqual([false, false]);
  });

  test('dies with the account', async () => {
    const lea = the.stranger();
    const account = { name: 'lea', email: 'lea@example.org', password: 'a baker shaping the moon' };
    await post(lea, '/sign-up', account).expect(303);
    const path = await linkTo(lea, await made(lea, 'A baker shaping the moon'));
    await the.stranger().get(path).expect(200);
    await post(lea, '/account/close').expect(303);
    await the.stranger().get(path).expect(404);
  });
});

describe('a view by staff', () => {
  const item = String(idOf('mara.kitchen'));
  const reason = 'K-9A11B0: the owner cannot open it';

  test('needs a session, one of four purposes and a reason; it is in the audit log and shown to the owner (part of stripe-paypal-studio.visibility.internal-access)', async () => {
    const { agent, token } = await anAgent(the);
    await look(the, 'nonsense', { item, purpose: 'safety.abuse', reason }).expect(401);
    await look(the, token, { item, reason }).expect(422);
    await look(the, token, { item, purpose: 'curiosity', reason }).expect(422);
    await look(the, token, { item, purpose: 'safety.abuse' }).expect(422);
    await look(the, token, { item, purpose: 'safety.abuse', reason: 'mara@example.org asked' }).expect(422);
    await look(the, token, { item: String(new Types.ObjectId()), purpose: 'safety.abuse', reason }).expect(404);
    for (const purpose of ['improvement', 'service.support', 'training', 'service.delivery']) {
      const refused = await look(the, token, { item, purpose, reason }).expect(403);
      expect(refused.body.detail).toMatch(/^You may not look: .+/);
    }
    const subject = String(idOf('mara'));
    expect((await the.kept.views.of(subject)).total).toBe(0);

    const purposes = ['safety.monitoring', 'safety.abuse', 'service.troubleshooting', 'legal.obligation'];
    for (const purpose of purposes) {
      const seen = await look(the, token, { item, purpose, reason }).expect(200).expect('content-type', 'image/gif');
      expect((seen.body as Buffer).length).toBeGreaterThan(100);
    }
    const { items } = await the.kept.views.of(subject);
    expect(items.map(({ purpose }) => purpose).sort()).toEqual([...purposes].sort());
    expect(items[0]).toMatchObject({ reason, record: item, categories: ['generation.output'], at: the.clock.now() });

    await the.kept.evidence.sequence();
    const seen = (await the.kept.evidence.entries()).filter(({ aggregate }) => aggregate.kind === 'views');
    expect(seen.map(({ type }) => type).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'StaffViewDenied'),
      ...Array.from({ length: 4 }, () => 'StaffViewed'),
    ]);

    const page = (await mara.get('/privacy').accept('html').expect(200)).text;
    expect(page).toContain(reason);
    expect(page).not.toContain(agent);
    expect((await jonas.get('/privacy').accept('html')).text).not.toContain(reason);
  });
});
