import * as jest from '@jest/globals';
import { canBeInstalled } from '../../../packages/localdb/src/documentdb/impossible.ts';

if (!canBeInstalled()) {
  process.stderr.write(
    'kept: DocumentDB cannot be installed on this machine, so its own tests are skipped and counted as such\n',
  );
}

/** `describe`, for what needs DocumentDB itself; skipped where it cannot be installed. */
export const describe = canBeInstalled() ? jest.describe : jest.describe.skip;

/** `test`, likewise. */
export const test = canBeInstalled() ? jest.test : jest.test.skip;
