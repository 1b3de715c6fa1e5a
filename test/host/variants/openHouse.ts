import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadPublicKeys, settableClock } from '@kept/core';
import { jobs } from '@kept/jobs';
import mongoose from 'mongoose';
import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import { startVideoHost, type VideoHostServer } from '../../../examples/video-host/src/server.ts';
import type { Seeded, SeededPerson, Variant } from '../../../examples/video-host/src/variant.ts';
import { verifyPackage } from '../../../packages/cli/src/verifyPackage.ts';
import { postOffice } from '../../mail/postOffice.ts';
import { unzip } from '../../packages/packing.ts';
import { START } from '../../support/scene.ts';

/**
 * A variant as it is served: pages over HTTP, mail by SMTP both ways, media, keys and ledger on disk. The clock stands
 * still, and jobs run when a test says so.
 */
export interface House extends VideoHostServer {
  readonly clock: ReturnType<typeof settableClock>;
  readonly people: Seeded['people'];
  person(key: string): SeededPerson;
  /** Runs the jobs that go every few minutes: those that answer people. */
  answer(): Promise<void>;
  /** Sends a mail to support, which is answered. */
  write(from: string, text: string): Promise<void>;
  /** What has arrived for somebody, in its order. */
  lettersTo(address: string): Promise<readonly Email[]>;
  /** Opens the link of the newest letter that asks for a click, presses its button, and the request goes on. */
  confirm(address: string): Promise<void>;
  /** Fetches every part of a package, by the link of the newest letter or from another page of it, and checks each part. */
  fetched(at: { readonly address: string } | { readonly page: string; readonly cookie: string }): Promise<Contents>;
  close(): Promise<void>;
}

/** Files of a package, by their names in it. */
export interface Contents {
  readonly files: ReadonlyMap<string, Buffer>;
  text(name: string): string;
  json<T = unknown>(name: string): T;
}

export async function openHouse(variant: Variant, name: string): Promise<House> {
  const mongodbUri = process.env.KEPT_TEST_MONGODB_URI;
  if (!mongodbUri) throw new Error('KEPT_TEST_MONGODB_URI is not set: run the tests with npm test');
  const database = `kept_house_${name}`;
  const before = await mongoose.createConnection(mongodbUri, { dbName: database }).asPromise();
  await before.dropDatabase();
  await before.close();

  const dir = await mkdtemp(path.join(tmpdir(), `kept-house-${name}-`));
  const clock = settableClock(START);
  const office = await postOffice();
  const transport = createTransport({ host: '127.0.0.1', port: office.port, ignoreTLS: true });
  const served = { mongodbUri, database, dir, clock, transport, startJobs: false };
  const server = await startVideoHost({ variant, mode: 'enforce', ...served });
  const { kept, connection, media, urls } = server;
  const { people } = await variant.seed({ connection, media, now: clock.now() });
  const support = createTransport({ host: '127.0.0.1', port: Number(new URL(urls.smtp).port), ignoreTLS: true });

  const lettersTo: House['lettersTo'] = (address) =>
    Promise.all(office.arrived.filter(({ to }) => to.includes(address)).map(({ raw }) => PostalMime.parse(raw)));
  const newestLink = async (address: string, kind: 'confirm' | 'package'): Promise<string> => {
    const links = (await lettersTo(address)).flatMap(({ text = '' }) =>
      [...text.matchAll(new RegExp(`${urls.privacy}/${kind}/\\S+`, 'g'))].map(([link]) => link),
    );
    const link = links.at(-1);
    if (!link) throw new Error(`No letter to ${address} has such a link`);
    return link;
  };
  const keys = async (): Promise<Record<string, string>> => {
    const list = await loadPublicKeys(path.join(dir, 'keys', 'signing.public.json'));
    return Object.fromEntries(list.map(({ keyId, publicKey }) => [keyId, publicKey]));
  };

  const answer = async (): Promise<void> => {
    for (const { every, run } of jobs) if (/minutes?$/.test(every)) await run(kept);
  };

  return {
    ...server,
    clock,
    answer,
    people,
    person(key) {
      const found = people[key];
      if (!found) throw new Error(`The cast has no ${key}`);
      return found;
    },
    async write(from, text) {
      await support.sendMail({ from, to: variant.supportAddress, subject: 'Hello', text });
      await answer();
    },
    lettersTo,
    async confirm(address) {
      const link = await newestLink(address, 'confirm');
      for (const method of ['GET', 'POST']) {
        const { status } = await fetch(link, { method });
        if (status !== 200) throw new Error(`${method} of the link answered ${status}`);
      }
      await answer();
    },
    async fetched(at) {
      const page = 'page' in at ? at.page : await newestLink(at.address, 'package');
      const headers = { accept: 'application/json', ...('cookie' in at && { cookie: at.cookie }) };
      const { parts } = (await (await fetch(page, { headers })).json()) as { parts: { number: number }[] };
      const files = new Map<string, Buffer>();
      for (const { number } of parts) {
        await fetch(`${page}/part/${number}`, { method: 'POST', headers, redirect: 'manual' });
        const zip = Buffer.from(await (await fetch(`${page}/part/${number}`, { headers })).arrayBuffer());
        const file = path.join(dir, `part-${number}.zip`);
        await writeFile(file, zip);
        const verdict = await verifyPackage(file, await keys());
        if (!verdict.ok) throw new Error(`Part ${number} does not hold what its manifest lists: ${verdict.why}`);
        for (const [entry, { bytes }] of await unzip(zip)) files.set(entry, bytes);
      }
      return contentsOf(files);
    },
    async close() {
      support.close();
      await connection.dropDatabase();
      await server.close();
      transport.close();
      await office.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function contentsOf(files: ReadonlyMap<string, Buffer>): Contents {
  const text = (name: string): string => {
    const found = files.get(name);
    if (!found) throw new Error(`No ${name} in ${[...files.keys()].join(', ')}`);
    return found.toString('utf8');
  };
  return { files, text, json: <T>(name: string) => JSON.parse(text(name)) as T };
}
