import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { twoStaff } from '../../engine/case.ts';
import { picture } from '../scene.ts';
import { type Browser, openStudio, post, type StudioScene } from './openStudio.ts';

let the: StudioScene;
let mara: Browser;
let jonas: Browser;
beforeAll(async () => {
  the = await openStudio();
  mara = await the.signedIn('mara');
  jonas = await the.signedIn('jonas');
});
afterAll(() => the.close());

describe('a payment', () => {
  test('stripe-paypal-studio.collects.transactions: holds status, transaction id, billing email and its day; any further field is refused by the model, and taken out where something goes past it', async () => {
    await post(jonas, '/plan/upgrade', { processor: 'paypal' }).expect(303);
    const userId = idOf('jonas');
    const [{ _id: _, ...payment } = {}] = await the.models.payments.find({ userId }).lean();
    expect(payment).toEqual({
      userId,
      status: 'paid',
      transactionId: expect.stringMatching(/^[A-Z]{17}$/),
      billingEmail: 'jonas@example.org',
      paidAt: the.clock.now(),
    });
    expect((await the.models.users.findById(userId).lean())?.plan).toBe('pro');

    const more = { ...payment, transactionId: 'pi_other' };
    for (const further of [{ amount: 900 }, { last4: '4242' }, { card: { number: '4242' } }, { country: 'DE' }]) {
      await expect(the.models.payments.create({ ...more, ...further } as never)).rejects.toThrow('strict mode');
      await expect(the.models.payments.updateOne({ userId }, { $set: further })).rejects.toThrow('strict mode');
    }
    const card = { ...more, transactionId: '4111 1111 1111 1111' };
    await expect(the.models.payments.create(card)).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    const set = { $set: { status: 'refunded', amount: 900 } };
    await the.models.payments.collection.updateOne({ userId }, set);
    expect(await the.models.payments.findOne({ userId }).lean()).toEqual({ _id: _, ...payment, status: 'refunded' });
    expect((await the.kept.findings.open()).map(({ code }) => code)).toContain('FIELD_UNLISTED');
    expect(await the.models.payments.countDocuments({ userId })).toBe(1);
    await post(jonas, '/plan/upgrade', { processor: 'stripe' }).expect(409);
  });

  test('is refused where somebody sends a card number, which then stands nowhere', async () => {
    const aiko = await the.signedIn('aiko');
    await post(aiko, '/plan/upgrade', { processor: 'stripe', card: '4111-1111-1111-1111' }).expect(422);
    await post(aiko, '/plan/upgrade', { processor: 'cash' }).expect(422);
    expect(await the.placesOf('4111-1111-1111-1111', '4111111111111111')).toEqual([]);
  });
});

describe('making an image', () => {
  test('keeps an upload with its size and type, which serves again, and is given to nobody else', async () => {
    const given = mara.post('/generations').field('prompt', 'The same, in rain').field('style', 'drawn');
    const file = { filename: 'me.png', contentType: 'image/png' };
    await given.attach('picture', picture, file).expect(303);
    const upload = await the.models.uploads.findOne({ userId: idOf('mara'), type: 'image/png' }).lean();
    expect(upload).toMatchObject({ size: picture.length, file: `uploads/${upload?._id}.png` });
    const again = { prompt: 'And once more', upload: String(upload?._id) };
    await post(jonas, '/generations', again).expect(404);
    await post(mara, '/generations', again).expect(303);
    expect(await the.models.uploads.countDocuments({ type: 'image/png' })).toBe(1);
    await mara.post('/generations').field('prompt', 'x').attach('picture', Buffer.from('<svg/>'), file).expect(415);
    await post(mara, '/generations', { prompt: ' ' }).expect(422);
    await post(mara, '/generations', { prompt: 'x', style: 'unknown' }).expect(422);
  });

  test('asks the policy, and makes, stores and sends nothing for a person whose processing is restricted', async () => {
    const before = await the.everything();
    const hold = {
      kind: 'restriction',
      subject: String(idOf('mara')),
      ground: 'accuracy is contested',
      by: 'ada',
    } as const;
    const id = await the.kept.holds.place(hold);
    const refused = await mara.post('/generations').field('prompt', 'A kite').attach('picture', picture, 'me.png');
    await the.kept.holds.lift(id, 'ada');
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('processing is restricted')]);
    const after = await the.everything();
    expect([after.generations, after.uploads, after.files]).toEqual([before.generations, before.uploads, before.files]);
  });

  test('ends at the limit of the plan for the day', async () => {
    const aiko = await the.signedIn('aiko');
    for (let made = 0; made < 5; made += 1) await post(aiko, '/generations', { prompt: `Koi ${made}` }).expect(303);
    await post(aiko, '/generations', { prompt: 'Koi 6' }).expect(429);
  });
});

describe('the support section', () => {
  test('stripe-paypal-studio.contact.support-section: takes a message from somebody who is signed in, without any email, and shows the answer there', async () => {
    await the.stranger().get('/support').expect(303).expect('location', '/sign-in');
    const asked = { subjectLine: 'A grey preview', text: 'The preview stays grey.' };
    await post(the.stranger(), '/privacy/support', asked).expect(403);
    expect((await mara.get('/support').expect(200)).text).toContain('method="post" action="/privacy/support"');
    await post(mara, '/privacy/support', { ...asked, text: ' ' }).expect(422);
    const mails = (): Promise<number> => the.connection.collection('kept_mails').countDocuments();
    const [letters, received] = [the.mailer.sent.length, await mails()];
    const { headers } = await post(mara, '/privacy/support', asked).expect(303);
    await the.kept.workOff();
    expect([the.mailer.sent.length, await mails()]).toEqual([letters, received]);

    const ticket = await the.kept.tickets.get(String(headers.location).replace('/privacy/support/', ''));
    if (!ticket) throw new Error('no ticket was opened');
    expect(ticket).toMatchObject({ channel: 'app', subject: String(idOf('mara')), status: 'open' });
    const { agent } = await twoStaff(the.kept);
    await the.kept.tickets.note(ticket._id, agent, 'Looks like the cache.');
    await the.kept.tickets.reply(ticket._id, agent, 'Please reload the page once.');
    await the.mail('mara@example.org', 'This came by mail, from whoever writes in her name.');

    for (const path of ['/support', `/privacy/support/${ticket._id}`]) {
      const page = (await mara.get(path).set('accept', 'text/html').expect(200)).text;
      for (const shown of [ticket.number, 'The preview stays grey.', 'Please reload the page once.'])
        expect(page).toContain(shown);
      for (const hidden of ['Looks like the cache.', 'This came by mail']) expect(page).not.toContain(hidden);
    }
    expect((await jonas.get('/support')).text).not.toContain(ticket.number);
    await jonas.get(`/privacy/support/${ticket._id}`).expect(404);
  });
});

describe('the app', () => {
  test('sets the theme in the browser once the person chose one, and not before', async () => {
    const before = await the.stranger().get('/');
    expect(before.headers['set-cookie']).toBeUndefined();
    const browser = the.stranger();
    const chosen = await post(browser, '/theme', { theme: 'dark' }).expect(303);
    expect(String(chosen.headers['set-cookie'])).toContain('theme=dark');
    expect((await browser.get('/')).text).toContain('data-theme="dark"');
    await post(browser, '/theme', { theme: '"><script>' }).expect(303);
    expect((await browser.get('/')).text).not.toContain('data-theme');
  });

  test('slows down who guesses passwords', async () => {
    const guess = { email: 'mara@example.org', password: 'a wrong password' };
    await post(the.stranger(), '/sign-in', guess).expect(401);
    const { _id, ...line } = (await the.models.requestLogs.findOne({ status: 401 }).lean()) ?? {};
    await the.models.requestLogs.insertMany(Array.from({ length: 9 }, () => ({ ...line })));
    await post(the.stranger(), '/sign-in', guess).expect(429);
    the.clock.set(new Date(the.clock.now().getTime() + 11 * 60_000));
    await post(the.stranger(), '/sign-in', guess).expect(401);
  });

  test('keeps nothing but what the inventory names', async () => {
    for (const { name, subject, fields } of the.kept.policy.inventory.collections) {
      const known = fields.map(({ path }) => path.replaceAll('[]', ''));
      const own = subject.by === 'self' ? [subject.key] : ['_id', subject.field];
      const records = (await the.connection.collection(name).find().toArray()) as object[];
      expect(records.length).toBeGreaterThan(0);
      const there = [...new Set(records.flatMap((record) => pathsIn(JSON.parse(JSON.stringify(record)))))];
      expect([name, there.filter((path) => !known.includes(path) && !own.includes(path))]).toEqual([name, []]);
    }
    const collections = (await the.connection.db?.collections())?.map(({ collectionName }) => collectionName) ?? [];
    const named = the.kept.policy.inventory.collections.map(({ name }) => name);
    expect(collections.filter((name) => !name.startsWith('kept_')).sort()).toEqual([...named].sort());
  });
});

function pathsIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, at));
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, each]) => pathsIn(each, at === '' ? key : `${at}.${key}`));
}
