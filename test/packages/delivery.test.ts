import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type DeliveryReceipt,
  type Kept,
  memoryFiles,
  openDocument,
  type PackageState,
  verifySignature,
} from '@kept/core';
import express from 'express';
import { makePackage } from '../../packages/core/src/engine/packages/makePackage.ts';
import { packageLink } from '../../packages/core/src/engine/packages/openPackage.ts';
import { packageId } from '../../packages/core/src/engine/packages/storedPackage.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { type Scene, scene } from '../support/scene.ts';
import { aRequest, contentsOf, packingWorld, partOf, sha256, storedPart, unzip, whole } from './packing.ts';

const PUBLIC = 'https://sdance.test/privacy';
const video = (n: number) => ({ name: `media/${n}.mp4`, bytes: Buffer.alloc(900_000, n) });
const nobody = async (): Promise<void> => undefined;

let the: Scene;
let kept: Kept;
let world: World;
let server: Server;
let base: string;
let signedIn: string | undefined;
const store = memoryFiles();
let number = 0;

beforeAll(async () => {
  the = await scene({ packages: store });
  kept = the.kept;
  world = { ...packingWorld(the, store), publicUrl: PUBLIC };
  const app = express();
  app.use('/privacy', kept.router({ subjectOf: () => signedIn }));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/privacy`;
});
beforeEach(() => {
  signedIn = undefined;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await the.close();
});

/** A package in two parts, ready, and the page of its link. */
async function ready(subject = 'ann'): Promise<{ id: string; page: string }> {
  const request = await aRequest(the, `asked-${++number}`, subject);
  const { also } = await makePackage(world, request, contentsOf([video(1), video(2)]), nobody, {
    bytes: 1,
    entries: 9,
  });
  await the.db.collection('kept_requests').updateOne({ _id: request._id as never }, { $set: { ...also } });
  return { id: request._id, page: (await packageLink(world, request._id)).replace(PUBLIC, base) };
}

async function fetchPart(page: string, n: number, headers: Record<string, string> = {}): Promise<Buffer> {
  const asked = await fetch(`${page}/part/${n}`, { method: 'POST', redirect: 'manual' });
  expect(asked.status).toBe(303);
  const answer = await fetch(`${page}/part/${n}`, { headers });
  return Buffer.from(await answer.arrayBuffer());
}

/** What is noted once an answer has ended is noted a moment after that. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const stateOf = async (id: string) => (await kept.packages.ofRequest(id)) as PackageState;
const deliveredAt = (id: string) => until(async () => (await kept.packages.ofRequest(id))?.deliveredAt);
const handedOver = async (id: string) => (await kept.requests.get(id))?.handedOver;

describe('a package by its link', () => {
  test('is shown without being fetched, whatever follows each link of the letter and of its page', async () => {
    const { id, page } = await ready();
    const shown = await fetch(page);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    const html = await shown.text();
    const last = (await stateOf(id)).availableUntil;
    expect(html).toContain(
      `until ${last?.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'Europe/Berlin' })};`,
    );
    for (const { sha256 } of (await kept.packages.ofRequest(id))?.parts ?? []) expect(html).toContain(sha256);
    for (const method of ['GET', 'HEAD'])
      for (const path of ['', '/part/1', '/part/2', '/receipt']) await fetch(`${page}${path}`, { method });
    const entries = await kept.evidence.entries({ kind: 'packages', id: packageId(id) });
    expect(entries.filter(({ type }) => type.startsWith('PackageDownload'))).toEqual([]);
    expect(await handedOver(id)).toEqual({ by: (await stateOf(id)).availableUntil });
  });

  test('is delivered once all of it was downloaded, with a receipt that says what was checked and no more', async () => {
    const { id, page } = await ready();
    const began = the.clock.now();
    const one = await fetchPart(page, 1);
    expect(sha256(one)).toBe((await kept.packages.ofRequest(id))?.parts[0]?.sha256);
    expect([...(await unzip(one)).keys()]).toEqual(['media/1.mp4', 'manifest.json']);
    expect((await kept.packages.ofRequest(id))?.deliveredAt).toBeUndefined();

    the.clock.forward({ hours: 1 });
    await fetchPart(page, 2);
    const at = await deliveredAt(id);
    expect(at).toEqual(the.clock.now());
    expect(await until(async () => (await handedOver(id))?.at)).toEqual(at);

    const signer = await the.keys.signer();
    const receipt = new Uint8Array(await (await fetch(`${page}/receipt`)).arrayBuffer());
    const opened = openDocument<DeliveryReceipt>(receipt, { [signer.keyId]: signer.publicKey }, verifySignature);
    if (!opened.ok) throw new Error(opened.why);
    expect(opened.document).toMatchObject({ format: 'kept-delivery/1', road: 'link', deliveredAt: at.toISOString() });
    expect(opened.document.request).toEqual({ id, right: 'access' });
    expect(opened.document.parts.map(({ sha256, sentAt }) => [sha256, sentAt])).toEqual([
      [sha256(one), began.toISOString()],
      [expect.stringMatching(/^[0-9a-f]{64}$/), at.toISOString()],
    ]);

    await kept.evidence.sequence();
    const types = (await kept.evidence.entries({ kind: 'packages', id: packageId(id) })).map(({ type }) => type);
    expect(types).toEqual([
      ...['PackageBegun', 'PackagePartMade', 'PackagePartMade', 'PackageReady'],
      ...['PackageAskedFor', 'PackageDownloadBegun', 'PackageDownloadEnded'],
      ...['PackageAskedFor', 'PackageDownloadBegun', 'PackageDownloadEnded', 'PackageDelivered'],
    ]);
  });

  test('goes on where a download broke off; what was never sent is not taken for sent', async () => {
    const { id, page } = await ready();
    await fetchPart(page, 1);
    await fetch(`${page}/part/2`, { method: 'POST', redirect: 'manual' });
    const bytes = (await kept.packages.ofRequest(id))?.parts[1]?.bytes ?? 0;

    const end = await fetch(`${page}/part/2`, { headers: { range: `bytes=${bytes - 10}-` } });
    expect([end.status, end.headers.get('content-range')]).toEqual([206, `bytes ${bytes - 10}-${bytes - 1}/${bytes}`]);
    expect((await end.arrayBuffer()).byteLength).toBe(10);
    const ended = {
      _id: packageId(id) as never,
      pending: { $elemMatch: { 'details.part': 2, 'details.from': bytes - 10, 'details.reached': bytes } },
    };
    await until(async () => (await the.db.collection('kept_packages').findOne(ended)) ?? undefined);
    expect((await stateOf(id)).parts[1]?.sentAt).toBeUndefined();

    const again = Buffer.from(await (await fetch(`${page}/part/2`)).arrayBuffer());
    expect(sha256(again)).toBe((await kept.packages.ofRequest(id))?.parts[1]?.sha256);
    await deliveredAt(id);
    const rest = await fetch(`${page}/part/2`, { headers: { range: 'bytes=1000-', 'if-range': '"another"' } });
    expect(rest.status).toBe(200);
    await rest.arrayBuffer();
    expect((await fetch(`${page}/part/2`, { headers: { range: `bytes=${bytes}-` } })).status).toBe(422);
  });

  test('opens for no other link, and who tries many must wait', async () => {
    const { page } = await ready();
    const wrong = `${page.slice(0, -1)}${page.endsWith('0') ? '1' : '0'}`;
    expect((await fetch(wrong)).status).toBe(404);
    expect((await fetch(`${wrong}/part/1`, { method: 'POST' })).status).toBe(404);
    for (const way of [{ token: '' }, { token: '.' }, { token: { $gt: '' } }, { token: 'x'.repeat(10_000) }])
      await expect(kept.packages.open(way as never)).rejects.toMatchObject({ code: 'PACKAGE_NOT_FOUND' });

    for (let n = 0; n < 51; n += 1) await kept.packages.open({ token: `x.${n}`, from: 'there' }).catch(() => undefined);
    const token = page.slice(page.lastIndexOf('/') + 1);
    await expect(kept.packages.open({ token, from: 'there' })).rejects.toMatchObject({ code: 'PACKAGE_REFUSED' });
    await expect(kept.packages.open({ token, from: 'elsewhere' })).resolves.toMatchObject({ state: 'ready' });
  });

  test('is not downloaded without end', async () => {
    const { page } = await ready();
    const way = { token: page.slice(page.lastIndexOf('/') + 1) };
    await kept.packages.ask(way, 1);
    for (let n = 0; n < 50; n += 1) await kept.packages.download(way, 1);
    await expect(kept.packages.download(way, 1)).rejects.toMatchObject({ code: 'PACKAGE_REFUSED' });
  });

  test('breaks off where what is stored was changed, is no delivery then, and staff hear of it', async () => {
    const { id, page } = await ready();
    const key = await storedPart(the, id, 1);
    const bytes = await whole(await store.read(key));
    bytes[500_000] = (bytes[500_000] ?? 0) ^ 1;
    await store.put(key, bytes);
    await expect(fetchPart(page, 1)).rejects.toThrow();
    const finding = await until(async () => (await kept.findings.open()).find(({ code }) => code === 'PACKAGE_BROKEN'));
    expect(finding.text).toContain('SEAL_BROKEN');
    expect((await kept.packages.ofRequest(id))?.parts[0]?.sentAt).toBeUndefined();
  });
});

describe('a package of somebody who is signed in', () => {
  test('is listed, fetched without the letter, and nobody else sees that it is there', async () => {
    const { id } = await ready('bob');
    signedIn = 'bob';
    expect(await (await fetch(`${base}/`, { headers: { accept: 'text/html' } })).text()).toContain(packageId(id));
    await fetchPart(`${base}/packages/${packageId(id)}`, 1);
    await fetchPart(`${base}/packages/${packageId(id)}`, 2);
    await deliveredAt(id);
    expect(await kept.packages.receipt({ subject: 'bob', id: packageId(id) })).toContain('"road":"account"');

    signedIn = 'eve';
    expect((await fetch(`${base}/packages/${packageId(id)}`)).status).toBe(404);
    signedIn = undefined;
    expect((await fetch(`${base}/packages/${packageId(id)}`)).status).toBe(403);
  });
});

describe('a package that is over', () => {
  test('leaves nothing that anybody could read, and says that it is over', async () => {
    const { id, page } = await ready();
    const sealed = await partOf(the, store, id, 1);
    expect(sealed.length).toBeGreaterThan(0);
    the.clock.forward({ days: 14 });
    const way = { token: page.slice(page.lastIndexOf('/') + 1) };
    await expect(kept.packages.ask(way, 1)).rejects.toMatchObject({ code: 'PACKAGE_CLOSED' });
    await kept.packages.expire();
    expect((await fetch(page)).status).toBe(410);
    expect(await the.keys.get(`package:${packageId(id)}`)).toBeUndefined();
    expect(await store.has(await storedPart(the, id, 1))).toBe(false);
    expect((await kept.packages.ofRequest(id))?.state).toBe('expired');
  });

  test('stays to the last moment of its time', async () => {
    const { page } = await ready();
    the.clock.forward({ days: 13, hours: 23 });
    await kept.packages.expire();
    expect((await fetch(page)).status).toBe(200);
    await fetchPart(page, 1);
  });
});
