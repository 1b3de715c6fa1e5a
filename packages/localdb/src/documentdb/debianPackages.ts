import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runAsEngine, runAsSelf } from './commands.ts';
import { engineIdentity, makeFolder } from './folders.ts';
import { InstallationImpossible } from './impossible.ts';

/** The package that brings the engine, and the release of Debian that has it. */
const WANTED = { package: 'postgresql-18-documentdb', release: 'forky' };

const FOLDERS = ['etc/apt.conf.d', 'etc/preferences.d', 'state/lists/partial', 'cache/archives/partial', 'log'];

/** Downloads the engine and all it needs with an apt of our own in `apt`, and returns the archives. */
export async function downloadPackages(apt: string): Promise<string[]> {
  const mirror = process.env.KEPT_LOCALDB_MIRROR || (await debianMirror());
  const source = `deb [signed-by=${await archiveKeyring()}] ${mirror} ${WANTED.release} main\n`;
  const config = path.join(apt, 'apt.conf');
  for (const folder of FOLDERS) await makeFolder(path.join(apt, folder));
  // Without installed packages to its knowledge, apt fetches every dependency.
  await writeFile(path.join(apt, 'status'), '');
  await writeFile(path.join(apt, 'etc/sources.list'), source);
  await writeFile(config, await settingsFor(apt));
  const { uid, gid } = engineIdentity();
  if (uid !== undefined) await runAsSelf('chown', ['-R', `${uid}:${gid}`, apt]);
  const env = { APT_CONFIG: config };
  await runAsEngine('apt-get', ['-qq', 'update'], env);
  const install = ['-qq', '-y', '--no-install-recommends', '--download-only', 'install', WANTED.package];
  await runAsEngine('apt-get', install, env);
  const archives = path.join(apt, 'cache/archives');
  return (await readdir(archives)).filter((name) => name.endsWith('.deb')).map((name) => path.join(archives, name));
}

async function settingsFor(apt: string): Promise<string> {
  const architecture = (await runAsEngine('dpkg', ['--print-architecture'])).trim();
  // How this machine reaches its mirror, a proxy for instance, holds for us too.
  const network = (await runAsEngine('apt-config', ['dump']))
    .split('\n')
    .filter((line) => /^Acquire::(http|https|Retries|ForceIPv)/i.test(line));
  return [
    ...network,
    `Dir "${apt}"; Dir::State "${apt}/state"; Dir::State::status "${apt}/status"; Dir::Cache "${apt}/cache";`,
    `Dir::Etc "${apt}/etc"; Dir::Etc::parts "${apt}/etc/apt.conf.d"; Dir::Log "${apt}/log";`,
    `APT::Architecture "${architecture}"; APT::Architectures { "${architecture}"; };`,
    'APT::Install-Recommends "false"; APT::Sandbox::User ""; Acquire::Languages "none";',
    // A release in the making is not always signed anew in time.
    'Acquire::Check-Valid-Until "false";',
    '',
  ].join('\n');
}

// No mirror is named here: it is the one that this machine's apt uses.
async function debianMirror(): Promise<string> {
  const known = await mirrors(['$(ORIGIN)|$(REPO_URI)']);
  const debian = known.find((line) => line.startsWith('Debian|'))?.slice('Debian|'.length);
  if (debian) return debian;
  // Apt knows whose packages these are once it has their lists; images of containers come without.
  const [first] = (await isDebian()) ? await mirrors(['$(REPO_URI)', '--no-release-info']) : [];
  if (first) return first;
  throw new InstallationImpossible("this machine's apt names no Debian mirror");
}

async function mirrors(format: string[]): Promise<string[]> {
  const listing = runAsEngine('apt-get', ['indextargets', '--format', ...format, 'Created-By: Packages']);
  return (await listing.catch(() => '')).split('\n').filter((line) => line !== '' && !line.includes('security'));
}

async function isDebian(): Promise<boolean> {
  return /^ID=debian$/m.test(await readFile('/etc/os-release', 'utf8').catch(() => ''));
}

async function archiveKeyring(): Promise<string> {
  for (const name of ['debian-archive-keyring.gpg', 'debian-archive-keyring.pgp']) {
    const file = path.join('/usr/share/keyrings', name);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  throw new InstallationImpossible('the package debian-archive-keyring is missing');
}
