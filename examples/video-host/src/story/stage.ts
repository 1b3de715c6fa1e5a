import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { postalReader, type ReadMail, type StaffMember, type settableClock } from '@kept/core';
import type { Story } from '../seed.ts';
import type { VideoHostServer } from '../server.ts';
import type { Narrator } from './narrator.ts';

/** What every chapter works with; `cast` is whom the seed put into the app. */
export interface Stage<Cast = Story> {
  readonly server: VideoHostServer;
  readonly clock: ReturnType<typeof settableClock>;
  readonly cast: Cast;
  readonly staff: { readonly agent: StaffMember; readonly lead: StaffMember; readonly password: string };
  readonly dir: string;
  readonly say: Narrator;
  /** Runs `kept verify` in a process of its own and answers its exit code and what it printed. */
  readonly verify: (file: string, keys: string) => Promise<{ code: number; output: string }>;
}

/** The letters that lie in a person's letter box, read as their mail program would. */
export async function lettersOf(
  { server }: Pick<Stage, 'server'>,
  address: string,
): Promise<(ReadMail & { raw: string })[]> {
  const folder = path.join(server.letters, address);
  const files = await readdir(folder).catch(() => []);
  const reader = postalReader();
  return Promise.all(
    files.map(async (file) => {
      const raw = await readFile(path.join(folder, file));
      return { ...(await reader.read(raw)), raw: raw.toString('latin1') };
    }),
  );
}

export async function letterAbout(
  stage: Pick<Stage, 'server'>,
  address: string,
  words: string,
): Promise<ReadMail & { raw: string }> {
  const letter = (await lettersOf(stage, address)).find((each) => each.subjectLine.includes(words));
  if (!letter) throw new Error(`No letter "${words}" lies in the letter box`);
  return letter;
}

/** The first link in a letter that confirms something, or leads to a package. */
export function linkIn(
  { server }: Pick<Stage, 'server'>,
  { text }: Pick<ReadMail, 'text'>,
  kind: 'confirm' | 'package',
): string {
  return new RegExp(`${server.urls.privacy}/${kind}/\\S+`).exec(text)?.[0] ?? '';
}
