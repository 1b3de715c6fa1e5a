import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kept, Right } from '@kept/core';
import { twoStaff } from '../engine/case.ts';
import { aPerson, aVideo, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { mortalEdges } from './mortalEdges.ts';
import { emptied, type Stage } from './outcome.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

const RIGHTS = [
  ...(['restriction', 'objection', 'withdraw-consent', 'optout-training', 'optout-marketing'] as const),
  ...(['optout-sale', 'rectification'] as const),
];
const NEW = 'ann.new@example.org';

/** Somebody with two consents, data at a recipient, two copies of her address, and one request of each right. */
async function cast(stage: Stage, kept: Kept): Promise<Person> {
  const ann = await aPerson(stage, 'ann@example.org', { videos: 0, logs: 0, payments: 0 });
  const identities = [{ email: 'kay@example.org' }, { email: 'Ann@Example.org' }];
  await stage.db.collection('users').updateOne({ _id: ann.id }, { $set: { identities } });
  await aVideo(stage, ann.id);
  for (const flag of ['training', 'analytics-cookies']) await kept.consents.give(ann.key, flag, 'settings');
  await kept.egress('fal-ai', { subject: ann.key, generation: 'g-1' }).pass({ prompt: 'a cat' });
  await twoStaff(kept);
  for (const right of RIGHTS) await opens(kept, ann, right);
  return ann;
}

async function opens(kept: Kept, { key, address }: Person, right: Right): Promise<void> {
  const asks = right === 'objection' ? { asks: { purposes: ['improvement'] } } : {};
  await kept.requests.open({ right, channel: 'app', subject: key, address, text: 'Please.', ...asks });
}

/** What workers and staff do until all is done; what was done before is not done again. */
async function live(stage: Stage, kept: Kept): Promise<void> {
  await kept.requests.advance();
  await decide(kept);
  await kept.requests.advance();
  await kept.outbox.deliver();
  const token = stage.mailer.sent.find(({ to }) => to === NEW)?.text.match(/\/confirm\/(\S+)/)?.[1] ?? '';
  const link = await kept.requests.peekConfirmation(token);
  if (link?.state === 'usable') await kept.requests.confirm(token);
  await kept.requests.advance();
  await kept.outbox.deliver();
  await kept.restrictions.advance();
}

async function decide(kept: Kept): Promise<void> {
  const { agent, lead } = await twoStaff(kept);
  const balance = { interests: 'Fewer faults.', reasons: 'It keeps accounts safe.', article: 'Article 21(1) GDPR' };
  for (const { _id, right, status } of (await kept.requests.list()).items) {
    if (status !== 'verified') continue;
    if (right === 'objection') {
      const balances = [
        { ...balance, purpose: 'improvement', outcome: 'overridden' as const },
        { ...balance, purpose: 'improvement.debugging', outcome: 'upheld' as const },
      ];
      await kept.requests.decide(_id, lead, { right, balances });
    }
    if (right === 'rectification') {
      const corrections = [
        { collection: 'users', field: 'email', value: NEW },
        { collection: 'generations', field: 'prompt', value: 'a dog' },
      ];
      await kept.requests.decide(_id, agent, { right, corrections });
    }
  }
}

async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const { clock } = stage;
  const ann = await cast(stage, await stage.restart());
  clock.forward({ hours: 1 });

  try {
    const kept = await stage.restart(mortalEdges(mortal, stage));
    await live(stage, kept);
  } catch (error) {
    if (!mortal.dead) throw error;
  }

  // The dead worker's leases run out, and what waits for another attempt is due.
  clock.forward({ minutes: 10 });
  const next = await stage.restart();
  await live(stage, next);
  await live(stage, next);
  return outcomeFor(stage, next, ann);
}

async function outcomeFor({ db, ledger, mailer }: Stage, kept: Kept, { id, key }: Person): Promise<object> {
  await kept.evidence.sequence();
  const types = (await kept.evidence.entries()).map(({ type }) => type);
  const many = (type: string): number => types.filter((each) => each === type).length;
  const { items } = await kept.requests.list();
  const words = [...(await kept.consents.history(key)), ...(await kept.objections.history(key))];
  const user = await db.collection('users').findOne({ _id: id });
  const entries = await ledger.entries();
  return {
    ended: items.map(({ right, status, answerSentAt }) => `${right} ${status} ${answerSentAt !== undefined}`).sort(),
    words: words.map((word) => `${'flag' in word ? word.flag : word.purpose} ${word.what}`).sort(),
    restrictions: (await kept.restrictions.history(key)).map(({ ground }) => ground),
    ledger: entries.map(({ kind, detail }) => `${kind} ${detail}`).sort(),
    user: { email: user?.email, identities: user?.identities },
    prompts: await db.collection('generations').distinct('prompt'),
    known: (await db.collection('kept_identifiers').find({ subject: key }).toArray())
      .map(({ value, until }) => `${value} ${until === undefined}`)
      .sort(),
    told: (await db.collection('kept_notifications').find().toArray()).map(({ what }) => what).sort(),
    letters: [...new Map(mailer.sent.map(({ messageId, subjectLine }) => [messageId, subjectLine])).values()]
      .map((line) => line.replace(/ \(K-.*/, ''))
      .sort(),
    many: ['DataCorrected', 'StoppedPurposesGoOn', 'NewAddressConfirmed', 'HoldPlaced'].map(many),
    proved: (await kept.evidence.verify()).ok,
    findings: (await kept.findings.open()).map(({ code }) => code),
  };
}

test(
  'choices and corrections end the same, and once, whenever a process dies',
  async () => {
    const calm = await calmly('choices and corrections', run);
    expect(calm.outcome).toMatchObject({
      ended: RIGHTS.map((right) => `${right} fulfilled true`).sort(),
      user: { email: NEW, identities: [{ email: 'kay@example.org' }, { email: NEW }] },
      prompts: ['a dog'],
      known: [`${NEW} true`, 'ann@example.org false'],
      restrictions: ['not-stated'],
      many: [2, 1, 1, 1],
      proved: true,
      findings: [],
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
