import { readdir } from 'node:fs/promises';
import { parse } from 'node:path';
import { KeptError } from '../../kernel/keptError.ts';
import { insteadOf } from '../../kernel/policy/nearestWord.ts';
import { policiesDir } from './policiesDir.ts';

/**
 * Path of a file of @kept/policies by its id, out of those that are there: an id is never taken as a path. `others` are
 * ids that need no file, to be named in the remedy.
 * @throws KeptError POLICY_FILE_NOT_FOUND
 */
export async function policyFile(
  what: string,
  folder: string,
  id: string,
  extension: string,
  others: readonly string[] = [],
): Promise<string> {
  const known = await policyFileIds(folder, extension);
  if (known.includes(id)) return policiesDir(folder, `${id}${extension}`);
  throw new KeptError('POLICY_FILE_NOT_FOUND', `There is no ${what} "${id}"`, {
    place: what,
    remedy: insteadOf(id, [...others, ...known]),
  });
}

export async function policyFileIds(folder: string, extension: string): Promise<string[]> {
  const files = await readdir(policiesDir(folder));
  return files
    .map((file) => parse(file))
    .flatMap((file) => (file.ext === extension ? [file.name] : []))
    .sort();
}
