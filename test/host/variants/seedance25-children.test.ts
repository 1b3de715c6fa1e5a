import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/seedance25/index.ts';
import { approved } from '../../engine/case.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
beforeAll(async () => {
  the = await openVariant(variant);
});
afterAll(() => the.close());

test('seedance25.children.under-18: a declared age below 18 is refused at sign-up, and nothing of it is kept', async () => {
  const form = { name: 'Kim', email: 'kim@example.net', password: 'a long enough one', provider: 'github' };
  const send = async (birthYear: string): Promise<number> =>
    (
      await request(the.app)
        .post('/sign-up/provider')
        .type('form')
        .send({ ...form, birthYear })
    ).status;
  expect([await send('2012'), await send('2008')]).toEqual([403, 403]);
  expect(await the.placesOf('kim@example.net')).toEqual([]);
  await expect(the.kept.children.mayJoin({ age: 17, country: 'SE' })).resolves.toMatchObject({ outcome: 'forbidden' });
  expect(await send('1990')).toBe(303);
});

test('seedance25.children.under-18: anybody’s report opens a case before all others, and its approval by two erases the account without its holder', async () => {
  const { kept, protagonist } = the;
  const ticket = await kept.children.report({
    about: { address: protagonist.email },
    text: 'This is my son’s account. He is eleven.',
    by: { address: 'parent@example.net' },
  });
  await kept.requests.advance();
  expect((await kept.tickets.queue()).items[0]).toMatchObject({ _id: ticket._id, priority: 'child-report' });
  const { items } = await kept.requests.list({ ids: (await kept.tickets.get(ticket._id))?.requests ?? [] });
  await approved(kept, items[0]?._id ?? '');
  await kept.workOff();

  expect(await kept.requests.get(items[0]?._id ?? '')).toMatchObject({ status: 'fulfilled' });
  const places = await the.placesOf(protagonist.email);
  expect(places.filter((name) => !name.startsWith('kept_'))).toEqual([]);
});
