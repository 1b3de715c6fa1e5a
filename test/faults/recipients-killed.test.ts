import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { emailConnector, type Kept, type RecipientConnector, webhookConnector } from '@kept/core';
import { mongoRecords } from '../../packages/core/src/adapters/records/mongoRecords.ts';
import { tellRecipients } from '../../packages/core/src/engine/notifications/tellRecipients.ts';
import { worldOf } from '../engine/worldOf.ts';
import { aPerson } from '../support/people.ts';
import { type RecipientHouse, recipientHouse } from '../support/recipientHouse.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied } from './outcome.ts';

const CATEGORIES = ['payment', 'generation.prompt'];
type Connectors = Readonly<Record<string, RecipientConnector>>;
let the: Scene;
let house: RecipientHouse;

beforeAll(async () => {
  the = await scene();
});
afterEach(() => house.close());
afterAll(() => the.close());

/** Three recipients are told and answer, each in its way, while a process dies at it; answers what they and staff know in the end. */
async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const { clock, mailer } = stage;
  house = await recipientHouse(stage.keys, () => clock.now());
  house.answers = (answer) => answer.end('{"done":true}');
  const webhook = webhookConnector(house.url, { referencesOf: async () => ['cus_1'] });
  const connectors = {
    creem: mortal.mortal('creem', webhook, ['tell']),
    'email-provider': emailConnector('privacy@mail.example', { referencesOf: async () => ['box_1'] }),
  };
  const calm = await stage.restart({ connectors });
  const { key: subject } = await aPerson(stage, 'ann@example.org', { videos: 0, logs: 0, payments: 0 });
  await calm.egress('fal-ai', { subject, generation: 'g-1' }).pass({ prompt: 'a boat' });

  const work = async (kept: Kept, db: Scene['db'], connectors: Connectors): Promise<void> => {
    const world = { ...worldOf({ ...stage, kept }), records: mongoRecords(() => db), connectors, log: () => undefined };
    const telling = {
      request: 'r-1',
      subject,
      what: 'erasure',
      categories: [...CATEGORIES, 'account'],
    } as const;
    await tellRecipients(world, telling, clock.now());
    await kept.notifications.advance();
    await kept.outbox.deliver();
    const [letter] = mailer.sent;
    const token = /told\/(\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
    if ((await kept.notifications.peek(token))?.state === 'usable') await kept.notifications.confirm(token);
  };
  try {
    const db = mortal.database(stage.db);
    const mail = mortal.mortal('mail', mailer, ['send']);
    await work(await stage.restart({ connectors, data: { db }, mail }), db, connectors);
  } catch (error) {
    if (!mortal.dead) throw error;
  }
  const survivor = { ...connectors, creem: webhook };
  const next = await stage.restart({ connectors: survivor });
  // The dead worker's leases run out.
  clock.forward({ minutes: 10 });
  await work(next, stage.db, survivor);
  clock.forward({ hours: 2 });
  await next.notifications.advance();
  await next.evidence.sequence();
  await house.close();

  const documents = await stage.db.collection('kept_notifications').find({}).toArray();
  const letters = await stage.db.collection('kept_outbox').find({}).toArray();
  const findings = await next.findings.open();
  const events = await next.evidence.entries();
  return {
    hooks: [...new Set(house.calls.map(({ notice }) => notice.references.join()))],
    webhookIds: new Set(house.calls.map(({ notice }) => notice.id)).size,
    messageIds: new Set(mailer.sent.map(({ messageId }) => messageId)).size,
    told: (await next.notifications.told('r-1')).map(({ label, state }) => `${label} ${state}`),
    asked: findings.map(({ text }) => text.split(' is ')[0]),
    left: JSON.stringify([documents, letters]).match(/cus_1|box_1/g),
    pending: documents.filter(({ pending }) => pending.length > 0).length,
    leases: documents.filter(({ lease }) => lease).length,
    events: events
      .filter(({ aggregate }) => aggregate.kind === 'notifications')
      .map(({ type }) => type)
      .sort(),
    evidence: await next.evidence.verify().then(({ ok }) => ok),
  };
}

test(
  'killed at any moment: each recipient is told under one id, none is forgotten, and staff know of the rest',
  async () => {
    const calm = await calmly('recipients', run);
    expect(calm.outcome).toMatchObject({
      hooks: ['cus_1'],
      webhookIds: 1,
      messageIds: 1,
      told: ['Creem confirmed', 'Email delivery confirmed', 'fal queued'],
      asked: ['fal'],
      left: null,
      pending: 0,
      leases: 0,
      evidence: true,
    });

    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
