import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Kept, type StoredRequest, sharpBlur } from '@kept/core';
import sharp from 'sharp';
import { again, anotherLead, DELETE, mail, twoStaff } from '../engine/case.ts';
import { picture } from '../media/picturesMade.ts';
import { aPerson, aVideo, linkFor } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { mortalEdges } from './mortalEdges.ts';
import { emptied, type Stage } from './outcome.ts';

const ANN = 'ann@example.org';
const BEN = 'ben@example.org';
const NOBODY = 'nobody@example.net';
const AUNT = 'aunt@example.net';
const PICTURED = 'pictured@example.net';
const CLIENTS = `I am writing on behalf of my client. Please delete all personal data of ${BEN}.`;
const APPEAL = 'I appeal your decision to refuse my deletion request.';
const COMPLAINT = 'I want to make a complaint about how you handled my personal data.';
const blur = sharpBlur(sharp);

let the: Scene;
let whole: Buffer;

beforeAll(async () => {
  the = await scene({ blur });
  whole = await picture('png', 'Mara was here', {}, 1);
});
afterAll(() => the.close());

interface Cast {
  readonly owner: string;
  readonly covered: string;
  readonly gone: string;
}

/** An appeal, an agent, somebody unknown, and two people who are pictured: each up to where work begins. */
async function cast(stage: Stage, kept: Kept): Promise<Cast> {
  await twoStaff(kept);
  const refuser = await anotherLead(kept);
  await aPerson(stage, ANN, { videos: 0, logs: 0, payments: 0 });
  await aPerson(stage, BEN, { videos: 0, logs: 0, payments: 0 });
  const cas = await aPerson(stage, 'cas@example.org', { videos: 0, logs: 0, payments: 0 });
  const [covered, gone] = [String(await aVideo(stage, cas.id)), String(await aVideo(stage, cas.id))];
  await stage.media.put(`uploads/${covered}.png`, whole);

  await mail(kept, ANN, DELETE);
  await kept.requests.advance();
  const [refused] = (await kept.requests.list()).items;
  await kept.requests.refuse(refused?._id ?? '', refuser, { article: 'Article 12(5) GDPR', reason: 'Too often.' });
  await kept.requests.advance();
  stage.clock.forward({ hours: 1 });
  await mail(kept, ANN, APPEAL);
  await mail(kept, 'poa@agency.example', CLIENTS);
  await mail(kept, NOBODY, DELETE);
  await mail(kept, 'cas@example.org', COMPLAINT);
  const child = await aPerson(stage, 'kid@example.org', { videos: 0, logs: 0, payments: 0 });
  await kept.children.report({ about: { address: child.address }, text: 'He is ten.', by: { address: AUNT } });
  for (const link of [covered, gone])
    await kept.reports.pictured({ link, text: 'That is me.', by: { address: PICTURED } });
  return { owner: cas.key, covered, gone };
}

/** What workers, staff and the people do until all is done; what was done before is not done again. */
async function live(stage: Stage, kept: Kept, people: Cast): Promise<void> {
  const round = async (): Promise<void> => {
    await kept.requests.advance();
    await kept.outbox.deliver();
  };
  await round();
  await staff(kept, people);
  if (stage.mailer.sent.some(({ to, text }) => to === NOBODY && text.includes('/confirm/'))) {
    const token = linkFor(stage, NOBODY);
    if ((await kept.requests.peekConfirmation(token))?.state === 'usable') await kept.requests.confirm(token);
  }
  await round();
  await round();
}

async function staff(kept: Kept, { owner, covered, gone }: Cast): Promise<void> {
  const { agent, lead } = await twoStaff(kept);
  for (const request of (await kept.requests.list({ limit: 100 })).items) {
    const { _id, right, status, mandate } = request;
    if (mandate && !mandate.seen && status === 'received')
      await kept.requests.mandateSeen(_id, agent, { kind: 'power-of-attorney' });
    if (right === 'complaint' && status === 'verified')
      await kept.requests.decide(_id, lead, { right, outcome: 'rejected', reason: 'It was handled as it must be.' });
    if (request.report === 'child') await approveOn(kept, _id);
    if (right === 'appeal' && status === 'verified')
      await kept.requests.decide(_id, lead, { right, outcome: 'upheld', reason: 'It was not too often.' });
    if (request.report === 'pictured' && status === 'verified')
      await decidePictured(kept, request, owner, covered, gone);
  }
}

/** Proposed and approved, as far as that was not done before. */
async function approveOn(kept: Kept, id: string): Promise<void> {
  const { agent, lead } = await twoStaff(kept);
  const previewed = await again(kept, id);
  if (previewed.status === 'previewed') await kept.requests.propose(id, agent, previewed.preview.hash);
  const proposed = await again(kept, id);
  if (proposed.status === 'proposed') await kept.requests.approve(id, lead, proposed.preview.hash);
}

async function decidePictured(
  kept: Kept,
  { _id, ticket }: StoredRequest,
  subject: string,
  covered: string,
  gone: string,
): Promise<void> {
  const { agent } = await twoStaff(kept);
  const isCover = (await kept.tickets.conversation(ticket)).some(({ text }) => text.includes(covered));
  const content = { collection: 'generations', record: isCover ? covered : gone };
  await kept.reports.shows(_id, agent, content);
  await kept.views.open({ by: agent, subject, ...content, purpose: 'safety.moderation', reason: 'a report' });
  const decision = { right: 'erasure', report: 'pictured', article: 'Article 17(1)(d) GDPR' } as const;
  const face = { store: 'media', file: `uploads/${covered}.png`, x: 0, y: 0, width: 0.5, height: 1 };
  await kept.requests.decide(
    _id,
    agent,
    isCover ? { ...decision, outcome: 'blur', faces: [face] } : { ...decision, outcome: 'takedown' },
  );
}

async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const { clock } = stage;
  const people = await cast(stage, await stage.restart());

  try {
    const kept = await stage.restart(mortalEdges(mortal, stage));
    await live(stage, kept, people);
  } catch (error) {
    if (!mortal.dead) throw error;
  }

  // The dead worker's leases run out, and what waits for another attempt is due.
  clock.forward({ minutes: 10 });
  const next = await stage.restart();
  await live(stage, next, people);
  await live(stage, next, people);
  return outcomeOf(stage, next, people);
}

async function outcomeOf({ db, mailer, media }: Stage, kept: Kept, { covered, gone }: Cast): Promise<object> {
  await kept.evidence.sequence();
  const { items } = await kept.requests.list({ limit: 100 });
  const picture = await buffer(await media.read(`uploads/${covered}.png`));
  return {
    ended: items
      .map(({ right, report, status, reopens }) => [right, report, status, reopens !== undefined].join(' '))
      .sort(),
    generations: await db.collection('generations').countDocuments(),
    there: await Promise.all(
      [
        `generations/${covered}.mp4`,
        `uploads/${covered}.png.covered`,
        `uploads/${gone}.png`,
        `generations/${gone}.mp4`,
      ].map((key) => media.has(key)),
    ),
    isCovered: !picture.equals(whole) && (await sharp(picture).metadata()).format === 'png',
    letters: [
      ...new Map(mailer.sent.map(({ messageId, to, subjectLine }) => [messageId, `${to}: ${subjectLine}`])).values(),
    ]
      .map((line) => line.replace(/ \(K-.*/, ''))
      .sort(),
    units: await db.collection('kept_units').countDocuments({ state: 'open' }),
    proved: (await kept.evidence.verify()).ok,
    findings: (await kept.findings.open()).map(({ code }) => code),
  };
}

test(
  'appeals, complaints, mandates, unknown people, children and pictured people end the same, and once, whenever a process dies',
  async () => {
    const calm = await calmly('cases', run);
    expect(calm.outcome).toMatchObject({
      ended: [
        'appeal  fulfilled false',
        'complaint  fulfilled false',
        'erasure  fulfilled false',
        'erasure  previewed false',
        'erasure  received true',
        'erasure  refused false',
        'erasure child fulfilled false',
        'erasure pictured fulfilled false',
        'erasure pictured fulfilled false',
      ],
      generations: 1,
      there: [true, false, false, false],
      isCovered: true,
      units: 0,
      proved: true,
      findings: [],
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
