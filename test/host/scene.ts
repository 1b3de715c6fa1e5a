import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createKept,
  type Decision,
  diskFiles,
  EgressRefused,
  loadPack,
  memoryKeys,
  memoryLedger,
  memoryMailer,
  type SubjectQuestion,
} from '@kept/core';
import type { Express } from 'express';
import mongoose, { type Connection } from 'mongoose';
import request from 'supertest';
import { createVideoHost } from '../../examples/video-host/src/app.ts';
import type { Promises } from '../../examples/video-host/src/host.ts';
import { type Models, modelsOn } from '../../examples/video-host/src/models/models.ts';
import { mayJoin } from '../../packages/core/src/kernel/children/mayJoin.ts';

export const OPENED: Date = new Date('2026-03-02T09:00:00Z');

/** A picture of one pixel, as PNG. */
export const picture: Buffer = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

type Mail = { from: string; sender: string; to: string; subject: string; text: string };

/** The app on a database of its own and a folder of its own, with promises that a test may turn. */
export interface HostScene {
  readonly app: Express;
  readonly connection: Connection;
  readonly models: Models;
  readonly media: ReturnType<typeof diskFiles>;
  readonly folder: string;
  readonly mails: Mail[];
  readonly questions: SubjectQuestion[];
  /** Who accepted the notice, and where. */
  readonly accepted: string[];
  outcome: Decision['outcome'];
  now: Date;
  later(span: { days?: number; minutes?: number }): void;
  /** Everything that the app's collections hold, as text. */
  everything(): Promise<string>;
  close(): Promise<void>;
}

export async function openScene(name: string): Promise<HostScene> {
  const uri = process.env.KEPT_TEST_MONGODB_URI ?? '';
  const connection = await mongoose.createConnection(uri, { dbName: `kept_host_${name}` }).asPromise();
  await connection.dropDatabase();
  const models = modelsOn(connection);
  await Promise.all(Object.values(models).map((model) => model.init()));
  const folder = await mkdtemp(path.join(tmpdir(), `kept-host-${name}-`));
  const media = diskFiles(folder, { derived: ['thumbnail'] });
  const mails: Mail[] = [];
  const questions: SubjectQuestion[] = [];
  const accepted: string[] = [];

  const policy = await loadPack('sdance-ai');
  // The models are governed by it; what the app asks, a test answers.
  const { cookies } = await createKept({
    policy,
    data: connection,
    files: { media },
    keys: memoryKeys(),
    ledger: memoryLedger(),
    mail: memoryMailer(),
    publicUrl: 'https://host.test/privacy',
    mode: 'enforce',
  });
  const kept: Promises = {
    cookies,
    policy: { ...policy, children: { clause: 'test.clause', minimumAge: 13, byCountry: { KR: 14 } } },
    children: { mayJoin: async (newcomer) => mayJoin(kept.policy, [], newcomer, scene.now) },
    policies: { accept: async (subject, source) => void accepted.push(`${subject} ${source}`) },
    egress: (recipient, occasion) => ({
      async pass(body) {
        const categories: Record<string, string> = { prompt: 'generation.prompt', image: 'generation.reference' };
        for (const name of Object.keys(body as object)) {
          const category = categories[name] ?? '';
          const decision = await kept.decide({ ...occasion, purpose: 'service.generation', recipient, category });
          const { outcome, because } = decision;
          if (outcome !== 'permitted') throw new EgressRefused(recipient, { outcome, because, missing: [] });
        }
        return body;
      },
    }),
    decide: async (question) => {
      questions.push(question);
      const because = [{ rule: 'test.rule', clause: 'test.clause', text: 'The scene says so.' }];
      return { outcome: scene.outcome, because, missing: [], terms: [] };
    },
  };
  const mail = { sendMail: async (letter: Mail) => mails.push(letter) };
  const app = createVideoHost({ connection, media, kept, mail, now: () => scene.now });

  const scene: HostScene = {
    app,
    connection,
    models,
    media,
    folder,
    mails,
    questions,
    accepted,
    outcome: 'permitted',
    now: OPENED,
    later: ({ days = 0, minutes = 0 }) => {
      scene.now = new Date(scene.now.getTime() + days * 86_400_000 + minutes * 60_000);
    },
    everything: async () => {
      const all = await Promise.all(Object.values(models).map((model) => model.collection.find().toArray()));
      return JSON.stringify(all);
    },
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return scene;
}

export type Browser = ReturnType<typeof request.agent>;

/** A browser in which somebody of this name has just signed up, by the provider: that takes no time for a password. */
export async function signedUp(scene: HostScene, name: string): Promise<Browser> {
  const browser = request.agent(scene.app);
  const email = `${name.toLowerCase()}@example.org`;
  const form = { provider: 'google', name, email, country: 'SE', birthYear: '1990' };
  await browser.post('/sign-up/provider').type('form').send(form).expect(303).expect('location', '/create');
  return browser;
}

export const password = 'a long enough one';

export async function signedUpByPassword(scene: HostScene, name: string): Promise<Browser> {
  const browser = request.agent(scene.app);
  const form = { name, email: `${name.toLowerCase()}@example.org`, password, country: 'SE', birthYear: '1990' };
  await browser.post('/sign-up').type('form').send(form).expect(303).expect('location', '/create');
  return browser;
}

/** Has a video made and answers its id. */
export async function made(
  browser: Browser,
  wish: { prompt: string; picture?: Buffer; reuse?: string; parent?: string },
): Promise<string> {
  const { picture: file, ...fields } = wish;
  const post = browser.post('/generations');
  for (const [field, value] of Object.entries(fields)) post.field(field, value);
  if (file) post.attach('picture', file, { filename: 'me.png', contentType: 'image/png' });
  const answer = await post.expect(303);
  return String(answer.headers.location).replace('/videos/', '');
}
