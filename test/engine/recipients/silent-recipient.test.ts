import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RecipientConnector, webhookConnector } from '@kept/core';
import { aPerson, DAY } from '../../support/people.ts';
import { type RecipientHouse, recipientHouse } from '../../support/recipientHouse.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { again, approvedErasure } from '../case.ts';

const connectors: Record<string, RecipientConnector> = {};
let the: Scene;
let house: RecipientHouse;

beforeAll(async () => {
  the = await scene({ connectors });
  house = await recipientHouse(the.keys, () => the.clock.now());
  connectors['fal-ai'] = webhookConnector(house.url, { timeoutMs: 60 });
});
afterAll(async () => {
  await house.close();
  await the.close();
});

test('a recipient that never answers holds up no erasure: the person is told who it is, it is told again, and at its date staff are asked', async () => {
  const { kept, clock, mailer } = the;
  const ann = await aPerson(the, 'ann@example.org', { videos: 1 });
  await kept.egress('fal-ai', { subject: ann.key, generation: 'g-1' }).pass({ prompt: 'a boat' });
  house.answers = () => undefined;
  const id = await approvedErasure(the, kept, ann.address);
  await kept.requests.advance();
  for (let day = 0; day < 15; day += 1) {
    await kept.notifications.advance();
    await kept.outbox.deliver();
    clock.set(new Date(clock.now().getTime() + DAY));
  }

  expect(await again(kept, id)).toMatchObject({ status: 'fulfilled', answerSentAt: expect.any(Date) });
  const letters = mailer.sent.filter(({ subjectLine }) => subjectLine.startsWith('Your data has been erased'));
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toMatch(/- fal: its copies end on/);
  expect(house.calls.length).toBeGreaterThan(2);
  expect(await kept.notifications.told(id)).toMatchObject([{ label: 'fal', state: 'expired' }]);
  const receipt = (await kept.requests.receipt(id))?.document.document;
  expect(receipt?.recipients).toMatchObject([{ name: 'fal', state: 'queued' }]);
  const findings = await kept.findings.open();
  expect(findings).toMatchObject([{ code: 'RECIPIENT_NOT_TOLD', text: expect.stringContaining('fal') }]);
});
