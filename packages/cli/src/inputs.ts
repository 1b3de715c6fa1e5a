import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Io } from './io.ts';
import { WrongQuestion } from './wrongQuestion.ts';

/** The bytes of a file, or of standard input for `-`. Throws WrongQuestion. */
export async function readInput(file: string, io: Io): Promise<Uint8Array> {
  if (file === '-') {
    const bytes = await io.stdin();
    if (bytes !== undefined) return bytes;
    throw new WrongQuestion('Nothing stands on standard input', '-', 'pipe a mail in, or name a file');
  }
  return readFile(resolve(io.cwd, file)).catch((error) => {
    throw unreadable(file, error);
  });
}

/** Refuses what is not there before anything is done with the others. Throws WrongQuestion. */
export async function checkInputs(files: readonly string[], io: Io): Promise<void> {
  if (files.filter((file) => file === '-').length > 1) {
    throw new WrongQuestion('Standard input is named twice', '-', 'name it once');
  }
  for (const file of files) {
    if (file === '-') continue;
    const found = await stat(resolve(io.cwd, file)).catch((error) => {
      throw unreadable(file, error);
    });
    if (found.isDirectory()) throw new WrongQuestion(`${file} is a folder`, file, `name its files: ${file}/*.eml`);
  }
}

function unreadable(file: string, error: NodeJS.ErrnoException): WrongQuestion {
  if (error.code === 'ENOENT') return new WrongQuestion(`There is no file ${file}`, file, 'check the name');
  return new WrongQuestion(
    `${file} cannot be read (${error.code ?? 'no reason given'})`,
    file,
    'check its kind and its rights',
  );
}
