import { existsSync } from 'node:fs';

/** Why the engine cannot be installed here; the message says it in one line. */
export class InstallationImpossible extends Error {}

/** Whether this machine has what an installation needs: Linux, and the tools of Debian's packages. */
export function canBeInstalled(): boolean {
  return process.platform === 'linux' && existsSync('/usr/bin/dpkg-deb') && existsSync('/usr/bin/apt-get');
}
