import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { diskFiles } from '../../packages/core/src/index.ts';
import { type Asked, ask } from './ask.ts';

/** An installation of its own: a database, a home, a folder of media, and the environment that names them. */
export interface Installation {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly db: mongoose.mongo.Db;
  readonly media: ReturnType<typeof diskFiles>;
  /** Asks with --json; `more` goes over the environment. */
  kept(argv: readonly string[], more?: Record<string, string>, stdin?: string | Uint8Array): Promise<Asked>;
  /** Adds a staff member and answers the address to name with `--by`. */
  staff(name: string, role: 'agent' | 'lead'): Promise<string>;
  put(file: string, content: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export async function installation(now: Date = new Date('2026-03-03T08:00:00Z')): Promise<Installation> {
  const given = process.env.KEPT_TEST_MONGODB_URI;
  if (!given) throw new Error('KEPT_TEST_MONGODB_URI is not set: run the tests with npm test');
  const uri = new URL(given);
  uri.pathname = `/t_cli_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const connection = await mongoose.createConnection(uri.href).asPromise();
  const dir = await mkdtemp(join(tmpdir(), 'kept-house-'));
  const mediaDir = join(dir, 'media');
  const env = {
    MONGODB_URI: uri.href,
    KEPT_HOME: join(dir, 'home'),
    KEPT_FILES: `media=${mediaDir}`,
    KEPT_MODE: 'enforce',
  };
  await mkdir(mediaDir);

  const kept: Installation['kept'] = (argv, more = {}, stdin) =>
    ask([...argv, '--json'], { env: { ...env, ...more }, cwd: dir, now, ...(stdin !== undefined && { stdin }) });
  return {
    dir,
    env,
    db: connection.db as unknown as mongoose.mongo.Db,
    media: diskFiles(mediaDir, { derived: ['thumbnail', 'preview'] }),
    kept,
    async staff(name, role) {
      const email = `${name}@kept.test`;
      await kept(['staff', 'add', '--email', email, '--name', name, '--role', role], {
        KEPT_PASSWORD: 'a long password',
      });
      return email;
    },
    put: (file, content) => writeFile(join(dir, file), content),
    async close() {
      await connection.dropDatabase();
      await connection.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
