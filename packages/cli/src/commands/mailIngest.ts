import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Kept } from '@kept/core';
import { ANSWERED, BAD_NEWS, type Command } from '../command.ts';
import { checkInputs, readInput } from '../inputs.ts';
import type { Io } from '../io.ts';
import { withKept } from '../open.ts';
import { answer, columns } from '../output.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

/** A raw mail with its seal still fits into one document of the database. */
const LARGEST = 15 * 1024 * 1024;

export const mailIngest: Command = {
  name: 'mail ingest',
  usage: 'FILE|DIR|-',
  about: [
    'DIR stands for every file in it. The same mail is stored once, however often it is taken in; what cannot be read',
    'is kept, counted and shown in the console.',
    ...engineAbout,
  ],
  takes: [1, 1],
  options: {
    ...engineOptions,
    mailbox: {
      type: 'string',
      value: 'ADDRESS',
      help: "the address that it came to; the policy's contact where absent",
    },
  },
  async run(args, io) {
    const files = await filesAt(args.positionals[0] ?? '', io);
    return withKept(args, io, async (kept) => {
      const mailbox = (args.text('mailbox') ?? kept.policy.contact.address).toLowerCase();
      const counts = { stored: 0, duplicate: 0, read: 0, unreadable: 0 };
      const tooLarge: string[] = [];
      for (const file of files) {
        const raw = await readInput(file, io);
        if (raw.byteLength > LARGEST) {
          tooLarge.push(file);
          continue;
        }
        const { duplicate } = await kept.mail.receive({ mailbox, raw });
        counts[duplicate ? 'duplicate' : 'stored'] += 1;
      }
      const { read, unreadable } = await readAll(kept);

      answer(io, args, { ...counts, read, unreadable }, () =>
        columns(Object.entries({ ...counts, read, unreadable }).map(([what, count]) => [what, String(count)])),
      );
      for (const file of tooLarge) io.err(`kept mail ingest: ${file} is too large to store: answer it by hand\n`);
      return tooLarge.length > 0 ? BAD_NEWS : ANSWERED;
    });
  },
};

async function filesAt(place: string, io: Io): Promise<readonly string[]> {
  const isFolder = place !== '-' && (await stat(resolve(io.cwd, place)).catch(() => undefined))?.isDirectory();
  if (!isFolder) {
    await checkInputs([place], io);
    return [place];
  }
  const entries = await readdir(resolve(io.cwd, place), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.map(({ name }) => join(place, name)).sort();
}

/** One call reads a bounded round. */
async function readAll(kept: Kept): Promise<{ read: number; unreadable: number }> {
  const all = { read: 0, unreadable: 0 };
  for (;;) {
    const { read, unreadable } = await kept.mail.work();
    all.read += read;
    all.unreadable += unreadable;
    if (read + unreadable === 0) return all;
  }
}
