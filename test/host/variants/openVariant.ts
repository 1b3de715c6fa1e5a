import { randomUUID } from 'node:crypto';
import {
  createKept,
  type Kept,
  type KeptOptions,
  loadPack,
  memoryAnchor,
  memoryFiles,
  memoryKeys,
  memoryLedger,
  memoryMailer,
  type StoredRequest,
  settableClock,
} from '@kept/core';
import express, { type Express, type Request } from 'express';
import mongoose, { type Connection } from 'mongoose';
import type { Seeded, SeededPerson, Variant } from '../../../examples/video-host/src/variant.ts';
import { again, approved, confirmed, DELETE } from '../../engine/case.ts';
import { rawMail } from '../../support/people.ts';
import { START } from '../../support/scene.ts';

/** A variant with its own pack on a database of its own; files, keys and letters in memory, the clock stands still. */
export interface VariantScene {
  readonly kept: Kept;
  /** The variant's app behind Kept's router, as the server puts them together. */
  readonly app: Express;
  readonly connection: Connection;
  readonly media: ReturnType<typeof memoryFiles>;
  readonly clock: ReturnType<typeof settableClock>;
  readonly mailer: ReturnType<typeof memoryMailer>;
  readonly people: Seeded['people'];
  readonly protagonist: SeededPerson;
  /** Takes in a mail in which the person asks for erasure, and goes on until it is carried out and answered. */
  eraseByMail(person: SeededPerson): Promise<StoredRequest>;
  /** Takes in a mail to support, and does what is due. */
  mail(from: string, text: string): Promise<void>;
  /** What every collection holds, as text, by its name; under `files` the keys in the media store. */
  everything(): Promise<Readonly<Record<string, string>>>;
  /** Names of the collections, and `files`, that hold any of these words. */
  placesOf(...words: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens it seeded and enforcing, at nine on a Tuesday; `change` goes to `createKept`. */
export async function openVariant(variant: Variant, change: Partial<KeptOptions> = {}): Promise<VariantScene> {
  const uri = process.env.KEPT_TEST_MONGODB_URI;
  if (!uri) throw new Error('KEPT_TEST_MONGODB_URI is not set: run the tests with npm test');
  const dbName = `v_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  const { supportAddress } = variant;
  const clock = settableClock(START);
  const mailer = memoryMailer();
  const store = memoryFiles({ derived: variant.derived });
  const keys = new Set<string>();
  const media: typeof store = {
    ...store,
    put(key, content) {
      keys.add(key);
      return store.put(key, content);
    },
  };

  await variant.prepare(connection);
  const kept = await createKept({
    policy: await loadPack(variant.pack),
    data: connection,
    files: { media },
    keys: memoryKeys(),
    ledger: memoryLedger(),
    anchor: memoryAnchor(),
    mail: mailer,
    clock,
    publicUrl: 'https://host.test/privacy',
    consoleUrl: 'https://host.test/console',
    mode: 'enforce',
    ...(variant.revoke && { revoke: async (subject: string) => variant.revoke?.(parts, subject) }),
    ...change,
  });
  // Models that Kept governs take nothing before it has started.
  const seeded = await variant.seed({ connection, media, now: clock.now() });

  const receive = (from: string, text: string): Promise<unknown> =>
    kept.mail.receive({ mailbox: supportAddress, raw: rawMail(from, text, { To: supportAddress }) });
  const parts = {
    connection,
    media,
    kept,
    mail: {
      // As the post office of the example: what is for support comes in, everything else goes out.
      sendMail: async ({ from, to, subject, text }: Record<'from' | 'to' | 'subject' | 'text', string>) => {
        if (to === supportAddress) return receive(from, text);
        return mailer.send({
          messageId: `<${randomUUID()}@host.test>`,
          from,
          to,
          subjectLine: subject,
          text,
          attachments: [],
          automatic: false,
        });
      },
    },
    now: () => clock.now(),
  };
  const app = express();
  app.use(variant.visitor(parts));
  const countryOf = (req: Request) => variant.countryOf?.(req);
  app.use(
    '/privacy',
    kept.router({ subjectOf: (req: Request) => req.user?.id, countryOf, storage: variant.storage ?? {} }),
  );
  app.use(variant.app(parts));

  const protagonist = seeded.people[seeded.protagonist];
  if (!protagonist) throw new Error(`The seed of ${variant.pack} has no ${seeded.protagonist}`);

  const scene: VariantScene = {
    kept,
    app,
    connection,
    media,
    clock,
    mailer,
    people: seeded.people,
    protagonist,
    async eraseByMail(person) {
      await receive(person.email, DELETE);
      await kept.mail.work();
      const { _id } = await confirmed(scene, kept, person.email);
      await approved(kept, _id);
      await kept.workOff();
      return again(kept, _id);
    },
    async mail(from, text) {
      await receive(from, text);
      await kept.workOff();
    },
    async everything() {
      const collections = await connection.db?.collections();
      const texts = await Promise.all(
        (collections ?? []).map(async (each) => [each.collectionName, JSON.stringify(await each.find().toArray())]),
      );
      const there = await Promise.all([...keys].map(async (key) => ((await media.has(key)) ? [key] : [])));
      return { ...Object.fromEntries(texts), files: there.flat().sort().join('\n') };
    },
    async placesOf(...words) {
      const all = Object.entries(await scene.everything());
      return all
        .filter(([, text]) => words.some((word) => text.includes(word)))
        .map(([name]) => name)
        .sort();
    },
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
  return scene;
}
