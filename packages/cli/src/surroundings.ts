import { resolve } from 'node:path';
import { type Clock, loadPack, type Mode, type Policy, settableClock, systemClock } from '@kept/core';
import type { Args, Options } from './command.ts';
import type { Io } from './io.ts';
import { packPath } from './packAt.ts';
import { instantIn, oneOf } from './readings.ts';
import { WrongQuestion } from './wrongQuestion.ts';

/** What the environment says about an installation, read and checked. */
export interface Surroundings {
  readonly uri: string;
  readonly policy: Policy;
  /** Holds keys, ledger and anchors: outside the database and its backups. */
  readonly home: string;
  /** Folder by name of the file store. */
  readonly folders: ReadonlyMap<string, string>;
  /** The operator says that the folders lie on an encrypted disk. */
  readonly filesEncrypted: boolean;
  readonly smtpUrl: string | undefined;
  readonly publicUrl: string | undefined;
  /** Where staff reach the console, for links in letters to them. */
  readonly consoleUrl: string | undefined;
  readonly mode: Mode;
  readonly clock: Clock;
}

/** The option that every command with a database has. */
export const engineOptions: Options = {
  pack: { type: 'string', value: 'P', help: 'name or folder of the policy; KEPT_PACK, else sdance-ai' },
};

/** The environment of every command with a database, for its help. */
export const engineAbout: readonly string[] = [
  'Environment: MONGODB_URI the database (needed); KEPT_PACK the policy; KEPT_HOME keys, ledger and anchors (./.kept);',
  'KEPT_FILES the file stores, as media=/path; KEPT_FILES_ENCRYPTED=yes where they lie on an encrypted disk;',
  'KEPT_MODE observe (as it begins) or enforce; KEPT_SMTP_URL for letters; KEPT_PUBLIC_URL where people reach /privacy;',
  'KEPT_CONSOLE_URL where staff reach /console.',
];

/** Throws WrongQuestion, and what a policy that does not load throws. */
export async function surroundingsOf(args: Args, io: Io): Promise<Surroundings> {
  const { env, cwd } = io;
  if (!env.MONGODB_URI) {
    throw new WrongQuestion('No database is named', 'MONGODB_URI', 'set MONGODB_URI=mongodb://host:port/name');
  }
  const policy = await loadPack(await packPath(args.text('pack') ?? (env.KEPT_PACK || 'sdance-ai'), io));
  return {
    uri: env.MONGODB_URI,
    policy,
    home: resolve(cwd, env.KEPT_HOME || '.kept'),
    folders: await foldersOf(env.KEPT_FILES ?? '', policy, cwd),
    filesEncrypted: /^(?:1|yes|true)$/.test(env.KEPT_FILES_ENCRYPTED ?? ''),
    smtpUrl: env.KEPT_SMTP_URL || undefined,
    publicUrl: addressIn(io, 'KEPT_PUBLIC_URL', 'https://example.com/privacy'),
    consoleUrl: addressIn(io, 'KEPT_CONSOLE_URL', 'https://desk.example.com/console'),
    mode: await oneOf<Mode>((env.KEPT_MODE || 'observe') as Mode, ['observe', 'enforce'], 'mode', 'KEPT_MODE'),
    clock: clockOf(io, policy),
  };
}

/** File stores of the inventory whose place nobody named. */
export function storesWithoutFolder({ policy, folders }: Pick<Surroundings, 'policy' | 'folders'>): string[] {
  return policy.inventory.files.map(({ name }) => name).filter((name) => !folders.has(name));
}

async function foldersOf(text: string, policy: Policy, cwd: string): Promise<Map<string, string>> {
  const known = policy.inventory.files.map(({ name }) => name);
  const folders = new Map<string, string>();
  for (const part of text.split(',').filter(Boolean)) {
    const [, name, path] = /^([^=]+)=(.+)$/.exec(part.trim()) ?? [];
    if (name === undefined || path === undefined) {
      throw new WrongQuestion(`"${part}" names no file store`, 'KEPT_FILES', `write ${known[0] ?? 'media'}=/path`);
    }
    folders.set(await oneOf(name, known, 'file store', 'KEPT_FILES'), resolve(cwd, path));
  }
  return folders;
}

function addressIn({ env }: Io, name: string, such: string): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new WrongQuestion('That is no address of a web page', name, `write ${such}`);
}

/** A clock that can be set is refused in production by whoever makes it. */
function clockOf(io: Io, policy: Policy): Clock {
  const { KEPT_NOW: now } = io.env;
  if (!now) return io.clock ?? systemClock;
  return settableClock(instantIn(now, policy.controller.zone, 'KEPT_NOW'), { running: true });
}
