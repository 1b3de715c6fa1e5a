import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Io } from './io.ts';
import { WrongQuestion } from './wrongQuestion.ts';

const LIST = 'signing.public.json';

/** The list of public keys beside a file, or in the key directory of this installation. Throws WrongQuestion. */
export async function keysBeside(file: string, io: Io): Promise<string> {
  const home = io.env.KEPT_HOME || '.kept';
  const beside = file === '-' ? [] : [join(dirname(resolve(io.cwd, file)), LIST)];
  for (const path of [...beside, join(resolve(io.cwd, home), 'keys', LIST)]) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  throw new WrongQuestion(
    `No ${LIST} lies beside the file or in ${join(home, 'keys')}`,
    '--keys',
    'name the public keys of the installation that signed: --keys signing.public.json',
  );
}
