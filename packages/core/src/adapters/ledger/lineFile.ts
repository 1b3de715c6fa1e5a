import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { KeptError } from '../../kernel/keptError.ts';
import { privateDirectory } from '../files/privateDirectory.ts';
import { syncDirectory } from '../files/syncDirectory.ts';

/** Ends a line that a crash had cut off, so that it is known as never written (ASCII CAN). */
const CANCELLED = '\u0018';
const NEWLINE = 0x0a;

export interface LineFile<T> {
  append(value: T): Promise<void>;
  /** The lines from a byte offset on, and the offset behind the last whole one. */
  read(from?: number): Promise<{ values: T[]; end: number }>;
}

/**
 * A file of JSON lines that only grows. `append` answers once the line is on the disk; a line cut off by a crash counts as
 * never written, since nobody was told that it was. Throws LINES_BROKEN where any other line cannot be read.
 */
export function lineFile<T>(directory: string, name: string, isOne: (value: T) => boolean): LineFile<T> {
  const path = join(directory, name);

  const append = async (value: T) => {
    await privateDirectory(directory, name);
    const handle = await open(path, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      const last = Buffer.of(NEWLINE);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const mended = last[0] === NEWLINE ? '' : `${CANCELLED}\n`;
      await handle.appendFile(`${mended}${JSON.stringify(value)}\n`);
      await handle.sync();
      if (size === 0) await syncDirectory(directory);
    } finally {
      await handle.close();
    }
  };

  const read = async (from = 0) => {
    const bytes = await readBytes(path, from);
    const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
    const lines = whole.toString('utf8').split('\n').slice(0, -1);
    return { values: lines.filter((line) => !line.endsWith(CANCELLED)).map(parse), end: from + whole.length };
  };

  const parse = (line: string): T => {
    try {
      const value = JSON.parse(line) as T;
      if (value !== null && isOne(value)) return value;
    } catch {}
    throw new KeptError('LINES_BROKEN', 'A line that was written whole cannot be read any more.', {
      place: name,
      remedy: 'Put the file back from its latest good copy. Do not delete the line: what it told would be forgotten.',
    });
  };

  return { append, read };
}

async function readBytes(path: string, from: number): Promise<Buffer> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return Buffer.alloc(0);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
