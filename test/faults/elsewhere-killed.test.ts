import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { httpData, type OtherSource, s3Files, serveData } from '@kept/core';
import express from 'express';
import { again, approvedErasure } from '../engine/case.ts';
import { type Served, serve } from '../support/browser.ts';
import { CONTACTS, contactOf, contacts, crm, KEY, withCollections } from '../support/crm.ts';
import { erasureReceiptOf } from '../support/erasureReceiptOf.ts';
import { aPerson } from '../support/people.ts';
import { s3Fake } from '../support/s3Fake/s3Fake.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { mortalEdges } from './mortalEdges.ts';
import { emptied } from './outcome.ts';

const credentials = { accessKeyId: 'KEPT', secretAccessKey: 'KEPT' };
const UNTIL = new Date('2026-03-13T00:00:00Z');

let the: Scene;
let fake: Awaited<ReturnType<typeof s3Fake>>;
let client: S3Client;
let there: OtherSource;
let served: Served;

beforeAll(async () => {
  fake = await s3Fake();
  client = new S3Client({ endpoint: fake.endpoint, credentials, region: 'eu-central-1', forcePathStyle: true });
  served = await serve(express().use('/kept', serveData(crm, { key: KEY })));
  there = httpData({ url: `${served.url}/kept`, key: KEY, waitMs: 1 });
  the = await scene({ policy: withCollections(CONTACTS), sources: { crm: there } });
});
afterAll(async () => {
  client.destroy();
  await fake.close();
  await served.close();
  await the.close();
});

/** The client of a process that may die right after S3 deleted something. */
function mortalClient(mortal: Life): S3Client {
  const send = (command: DeleteObjectsCommand) => client.send(command);
  const dying = mortal.mortal('s3', { deleteObjects: send }, ['deleteObjects']);
  return new Proxy(client, {
    get(_, property) {
      if (property !== 'send') return Reflect.get(client, property) as unknown;
      return (command: DeleteObjectsCommand) =>
        command instanceof DeleteObjectsCommand ? dying.deleteObjects(command) : client.send(command);
    },
  });
}

/** An erasure whose files lie in S3, one of them locked, and whose contacts lie in a CRM: up to the end, once the lock is over. */
async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const { state } = fake;
  Object.assign(state, { versioning: 'Enabled', encrypted: true });
  state.versions.clear();
  contacts.clear();
  const calm = { files: { media: await s3Files(client, { bucket: 'media' }) } };
  const engine = await stage.restart(calm);
  const ann = await aPerson({ ...stage, media: calm.files.media as never }, 'ann@example.org', {
    videos: 2,
    logs: 0,
    payments: 0,
  });
  const ben = await aPerson(stage, 'ben@example.org', { videos: 0, logs: 0, payments: 0 });
  for (const key of [...state.versions.keys()]) state.put(key, Buffer.from('a newer version'));
  const locked = `generations/${ann.videos[0]}.mp4`;
  Object.assign(state.versions.get(locked)?.at(-1) ?? {}, { retainUntil: UNTIL });
  for (const id of ['c1', 'c2']) contactOf(ann.key, id);
  contactOf(ben.key, 'other');
  const request = await approvedErasure(stage, engine, ann.address);

  const working = async (edges: Parameters<typeof stage.restart>[0]): Promise<void> => {
    const kept = await stage.restart(edges);
    const rounds = async (): Promise<void> => {
      await kept.requests.advance();
      await kept.outbox.deliver();
    };
    await rounds();
    await kept.retention.sweep({ rule: 'api-logs' });
    await rounds();
  };
  const dying = async (): Promise<void> => {
    if (mortal.dead) return;
    try {
      await working({
        ...mortalEdges(mortal, stage),
        files: { media: await s3Files(mortalClient(mortal), { bucket: 'media' }) },
        sources: { crm: mortal.mortal('crm', there, ['remove']) },
      });
    } catch (error) {
      if (!mortal.dead) throw error;
    }
  };

  await dying();
  stage.clock.forward({ minutes: 10 });
  await working(calm);
  const first = await again(engine, request);
  const left = [...state.versions.keys()];

  stage.clock.forward({ days: 11 });
  for (const versions of state.versions.values()) for (const version of versions) delete version.retainUntil;
  await dying();
  stage.clock.forward({ minutes: 10 });
  await working(calm);

  await engine.evidence.sequence();
  const receipt = await erasureReceiptOf(engine, request);
  return {
    first: [first.status, left.map((key) => key === locked)],
    status: (await again(engine, request)).status,
    objects: state.versions.size,
    contacts: [...contacts.keys()],
    users: await stage.db.collection('users').distinct('email'),
    lines: receipt?.lines.map(({ collection, found, done, files }) =>
      [collection, found, done, files.found, files.done].join(' '),
    ),
    letters: [...new Map(stage.mailer.sent.map(({ messageId, subjectLine }) => [messageId, subjectLine])).values()]
      .map((line) => line.replace(/ \(K-.*/, ''))
      .sort(),
    open: await stage.db
      .collection('kept_units')
      .countDocuments({ $or: [{ state: 'open' }, { retryAt: { $exists: true } }] }),
    findings: (await engine.findings.open()).map(({ code }) => code),
    proved: (await engine.evidence.verify()).ok,
  };
}

test(
  'an erasure in S3 and in a system over HTTP, with a lock that ends, comes to the same end whenever a process dies',
  async () => {
    const calm = await calmly('elsewhere', run);
    expect(calm.outcome).toMatchObject({
      first: ['partly-fulfilled', [true]],
      status: 'fulfilled',
      objects: 0,
      contacts: ['other'],
      users: ['ben@example.org'],
      open: 0,
      findings: [],
      proved: true,
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
