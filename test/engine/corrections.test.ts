import { afterAll, describe, expect, test } from '@jest/globals';
import type { RectificationDecision, StoredRequest } from '@kept/core';
import { decisionTold } from '../../packages/core/src/engine/rights/access/decisionTold.ts';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, twoStaff } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, lettersTo, finish } = casework(() => the);
afterAll(() => the.close());

const NAME = { collection: 'users', field: 'name', value: 'Mara Lind' };

/** Asks for it when signed in. */
async function asks(person: Person, corrections?: object[]): Promise<string> {
  const { _id } = await kept.requests.open({
    right: 'rectification',
    channel: 'app',
    subject: person.key,
    address: person.address,
    text: 'My name is wrong.',
    ...(corrections && { asks: { corrections: corrections as never } }),
  });
  await finish();
  return _id;
}

async function decides(id: string, corrections: unknown, more: object = {}): Promise<StoredRequest> {
  const { agent } = await twoStaff(kept);
  const decision = { right: 'rectification', corrections, ...more } as RectificationDecision;
  return kept.requests.decide(id, agent, decision);
}

const user = ({ id }: Person): Promise<Record<string, unknown> | null> =>
  the.db.collection('users').findOne({ _id: id });

function lastLetter(address: string, subjectLine: string): string {
  const found = the.mailer.sent.findLast((letter) => letter.to === address && letter.subjectLine.includes(subjectLine));
  return found?.text ?? '';
}

describe('a correction', () => {
  test('shows what stands there and every copy before anything is changed', async () => {
    const ann = await somebody();
    const users = the.db.collection('users');
    await users.updateOne({ _id: ann.id }, { $set: { name: 'Mara L', identities: [{ provider: 'MARA L' }] } });
    const id = await asks(ann);
    const { agent } = await twoStaff(kept);
    const weighed = (await kept.requests.weigh(id, agent, {
      right: 'rectification',
      corrections: [NAME],
    })) as RectificationDecision;
    expect(weighed.corrections).toEqual([
      {
        ...NAME,
        category: 'account.profile',
        before: 'Mara L',
        places: [{ collection: 'users', field: 'name', records: 1 }],
      },
    ]);
    expect(await user(ann)).toMatchObject({ name: 'Mara L' });

    await decides(id, [NAME]);
    await finish();
    expect(await user(ann)).toMatchObject({ name: 'Mara Lind' });
    expect(await again(kept, id)).toMatchObject({ status: 'fulfilled' });
    expect(lettersTo(ann.address)).toContain('Your data is corrected');
  });

  test('of an address reaches nested lists and Kept itself, once its new owner has confirmed it, and no stranger (part of sdance-ai.right.correction)', async () => {
    const bo = await somebody();
    const cy = await somebody();
    const users = the.db.collection('users');
    const identities = [{ email: 'kay@example.org' }, { email: bo.address.toUpperCase() }];
    await users.updateOne({ _id: bo.id }, { $set: { identities } });
    await users.updateOne({ _id: cy.id }, { $set: { identities: [{ email: bo.address }] } });
    const id = await asks(bo);
    await decides(id, [{ collection: 'users', field: 'email', value: 'bo.new@example.org' }]);
    await finish();
    expect(await again(kept, id)).toMatchObject({ status: 'decided' });
    expect(await user(bo)).toMatchObject({ email: bo.address });

    const token = lastLetter('bo.new@example.org', 'new address').match(/\/confirm\/(\S+)/)?.[1] ?? '';
    expect(await kept.requests.peekConfirmation(token)).toMatchObject({ right: 'rectification', state: 'usable' });
    await kept.requests.confirm(token);
    await expect(kept.requests.confirm(token)).rejects.toMatchObject({ code: 'CONFIRMATION_CLOSED' });
    await finish();
    expect(await user(bo)).toMatchObject({
      email: 'bo.new@example.org',
      identities: [{ email: 'kay@example.org' }, { email: 'bo.new@example.org' }],
    });
    expect(await user(cy)).toMatchObject({ identities: [{ email: bo.address }] });
    const known = await the.db.collection('kept_identifiers').find({ subject: bo.key }).toArray();
    expect(known.map(({ value, until }) => [value, until !== undefined]).sort()).toEqual([
      ['bo.new@example.org', false],
      [bo.address, true],
    ]);
    expect(lastLetter(bo.address, 'corrected')).not.toContain('bo.new@example.org');
  });

  test('of an address that nobody confirms is not made, and the letter says so', async () => {
    const di = await somebody();
    const id = await asks(di);
    await decides(id, [{ collection: 'users', field: 'email', value: 'di.new@example.org' }, NAME]);
    await finish();
    the.clock.forward({ days: 8 });
    await finish();
    expect(await user(di)).toMatchObject({ email: di.address, name: 'Mara Lind' });
    expect(await again(kept, id)).toMatchObject({ status: 'partly-fulfilled' });
    expect(lastLetter(di.address, 'corrected')).toContain('The new address was not confirmed');
  });

  test('can be limited to one record: what is equal elsewhere is no copy', async () => {
    const ed = await somebody({ payments: 2 });
    const payments = the.db.collection('payments');
    const [first] = await payments.find({ userId: ed.id }).sort({ _id: 1 }).toArray();
    const id = await asks(ed);
    const wanted = { collection: 'payments', field: 'country', record: String(first?._id), value: 'AT' };
    await decides(id, [{ ...wanted, only: true }]);
    await finish();
    const countries = await payments.find({ userId: ed.id }).sort({ _id: 1 }).toArray();
    expect(countries.map(({ country }) => country)).toEqual(['AT', 'DE']);
  });

  test('completes what is missing', async () => {
    const fay = await somebody();
    const id = await asks(fay);
    await decides(id, [{ collection: 'users', field: 'birthYear', value: 1990 }]);
    await finish();
    expect(await user(fay)).toMatchObject({ birthYear: 1990 });
  });

  test('leaves before and after in the evidence, where they can be scrubbed, and no value in the case', async () => {
    const gus = await somebody();
    const id = await asks(gus, [NAME]);
    expect(await again(kept, id)).toMatchObject({ status: 'verified', asks: { corrections: [NAME] } });
    await decides(id, [NAME]);
    await finish();
    const { asks: left, decision } = (await again(kept, id)) as StoredRequest & { decision: object };
    expect(JSON.stringify([left, decision])).not.toContain('Mara');
    const told = await kept.evidence.entries({ kind: 'requests', id });
    const corrected = told.find(({ type }) => type === 'DataCorrected')?._id;
    expect(await the.db.collection('kept_evidenceDetails').findOne({ _id: corrected } as object)).toMatchObject({
      details: { before: 'Mara L', after: 'Mara Lind' },
    });
  });

  test.each([
    ['a field that the inventory does not name', { ...NAME, field: 'nickname' }, 'CORRECTION_INVALID'],
    ['a secret', { ...NAME, field: 'passwordHash' }, 'CORRECTION_INVALID'],
    ['when something happened', { ...NAME, field: 'seenAt', value: '2026-01-01T00:00:00.000Z' }, 'CORRECTION_INVALID'],
    ['whose a record is', { collection: 'payments', field: 'userId', value: 'x' }, 'CORRECTION_INVALID'],
    ['a file', { ...NAME, field: 'avatar' }, 'CORRECTION_INVALID'],
    ['a value of another type', { ...NAME, value: 7 }, 'CORRECTION_INVALID'],
    ['a value that looks like an operator', { ...NAME, value: { $set: {} } }, 'CORRECTION_INVALID'],
    ['what stands there', { ...NAME, value: 'Mara L' }, 'CORRECTION_INVALID'],
    [
      'several records that differ',
      { collection: 'payments', field: 'invoiceNumber', value: 'x' },
      'CORRECTION_INVALID',
    ],
    ['no address', { ...NAME, field: 'email', value: 'not an address' }, 'CORRECTION_INVALID'],
    ['a card number', { ...NAME, value: '4111 1111 1111 1111' }, 'WRITE_REFUSED'],
    ['nothing', undefined, 'CORRECTION_INVALID'],
  ])('of %s is refused, and nothing is changed', async (_, wanted, code) => {
    const hal = await somebody();
    const id = await asks(hal);
    const before = await user(hal);
    await expect(decides(id, [wanted])).rejects.toMatchObject({ code });
    await expect(decides(id, 'everything')).rejects.toMatchObject({ code: 'DECISION_INVALID' });
    await finish();
    expect(await user(hal)).toEqual(before);
  });

  test("to another account's address is refused", async () => {
    const [ida, jon] = [await somebody(), await somebody()];
    const id = await asks(ida);
    const taken = { collection: 'users', field: 'email', value: jon.address };
    await expect(decides(id, [taken])).rejects.toMatchObject({ code: 'CORRECTION_INVALID' });
  });

  test('what a staff member finds to be an opinion stays, with what the person says of it beside', async () => {
    const kim = await somebody();
    const id = await asks(kim);
    const statement = { collection: 'users', field: 'name', text: 'This is my stage name.' };
    await decides(id, [], { statements: [statement] });
    await finish();
    expect(await user(kim)).toMatchObject({ name: 'Mara L' });
    expect(await again(kept, id)).toMatchObject({ status: 'fulfilled', decision: { statements: [statement] } });
    expect(lastLetter(kim.address, 'About your correction')).toContain('beside it from now on');
    const shown = decisionTold(await again(kept, id), { text: (_, text) => text, whole: () => '' });
    expect(shown).toMatchObject({ statements: [statement] });
  });

  test('tells whoever got the old value what is right, and nobody else (part of sdance-ai.right.correction)', async () => {
    const lee = await somebody();
    const [video] = lee.videos.map(String);
    await kept.egress('fal-ai', { subject: lee.key, generation: video ?? '' }).pass({ prompt: 'a cat' });
    const id = await asks(lee);
    await decides(id, [
      { collection: 'generations', field: 'prompt', record: video, value: 'a dog', only: true },
      NAME,
    ]);
    await finish();
    const told = await the.db.collection('kept_notifications').find({ request: id }).toArray();
    expect(told).toMatchObject([
      {
        recipient: 'fal-ai',
        what: 'rectification',
        categories: ['generation.prompt'],
        corrections: [{ category: 'generation.prompt', value: 'a dog' }],
      },
    ]);
    expect(lastLetter(lee.address, 'corrected')).toContain('- fal');
  });
});
