import { access, chmod, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runAsEngine } from './commands.ts';
import { engineIdentity, type Folders, makeFolder } from './folders.ts';
import { withLock } from './lock.ts';
import { makeTemplate } from './template.ts';

/** Why the engine cannot be installed here; the message says it in one line. */
export class InstallationImpossible extends Error {}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Where the programs of an unpacked engine are. */
export function programFolder(engine: string): string {
  return path.join(engine, 'usr/lib/postgresql/18/bin');
}

/** Installs the engine and its template once; later calls, of any process, find them there. */
export async function ensureInstalled(folders: Folders, log: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux')
    throw new InstallationImpossible('DocumentDB comes from Debian packages, so it needs Linux');
  if (await exists(folders.template)) return;
  await makeFolder(folders.cache);
  await withLock(path.join(folders.cache, 'install.lock'), async () => {
    if (!(await exists(folders.engine))) {
      log('installing PostgreSQL 18 with DocumentDB (about 150 MB, once for this machine) …');
      await unpackEngine(folders);
    }
    if (!(await exists(folders.template))) await makeTemplate(folders);
  });
}

async function unpackEngine(folders: Folders): Promise<void> {
  const staging = `${folders.engine}.${process.pid}.partial`;
  const apt = `${folders.cache}/apt.${process.pid}.partial`;
  try {
    const archives = await download(apt);
    await makeFolder(staging);
    // Package by package: the order does not matter, because no maintainer script runs.
    for (const archive of archives) {
      await runAsEngine('/bin/sh', [
        '-c',
        'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --keep-directory-symlink --no-same-owner',
        'unpack',
        archive,
        staging,
      ]);
    }
    await makeRelocatable(staging, folders.engine);
    await rename(staging, folders.engine);
  } finally {
    await rm(apt, { recursive: true, force: true });
    await rm(staging, { recursive: true, force: true });
  }
}

/** Downloads the packages with an apt of our own, from the mirror that this machine's apt already uses. */
async function download(apt: string): Promise<string[]> {
  const mirror = process.env.KEPT_LOCALDB_MIRROR || (await debianMirror());
  const architecture = (await runAsEngine('dpkg', ['--print-architecture'])).trim();
  for (const folder of [
    'etc/apt.conf.d',
    'etc/preferences.d',
    'state/lists/partial',
    'cache/archives/partial',
    'log',
  ]) {
    await makeFolder(path.join(apt, folder));
  }
  // makeFolder gives only the last part of a path to the engine.
  for (const folder of ['', 'etc', 'state', 'state/lists', 'cache', 'cache/archives'])
    await makeFolder(path.join(apt, folder));
  await writeFile(path.join(apt, 'status'), '');
  await writeFile(
    path.join(apt, 'etc/sources.list'),
    `deb [signed-by=${await archiveKeyring()}] ${mirror} forky main\n`,
  );
  const network = (await runAsEngine('apt-config', ['dump']))
    .split('\n')
    .filter((line) => /^Acquire::(http|https|Retries|ForceIPv)/i.test(line));
  const settings = [
    `Dir "${apt}"; Dir::State "${apt}/state"; Dir::State::status "${apt}/status"; Dir::Cache "${apt}/cache";`,
    `Dir::Etc "${apt}/etc"; Dir::Etc::parts "${apt}/etc/apt.conf.d"; Dir::Log "${apt}/log";`,
    `APT::Architecture "${architecture}"; APT::Architectures { "${architecture}"; };`,
    'APT::Install-Recommends "false"; APT::Sandbox::User ""; Acquire::Languages "none"; Acquire::Check-Valid-Until "false";',
  ];
  const config = path.join(apt, 'apt.conf');
  await writeFile(config, [...network, ...settings, ''].join('\n'));
  const { uid, gid } = engineIdentity();
  if (uid !== undefined && gid !== undefined) await runAsRoot('chown', ['-R', `${uid}:${gid}`, apt]);
  await runAsEngine('apt-get', ['-qq', 'update'], { APT_CONFIG: config });
  const install = ['-qq', '-y', '--no-install-recommends', '--download-only', 'install', 'postgresql-18-documentdb'];
  await runAsEngine('apt-get', install, { APT_CONFIG: config });
  const folder = path.join(apt, 'cache/archives');
  return (await readdir(folder)).filter((name) => name.endsWith('.deb')).map((name) => path.join(folder, name));
}

async function runAsRoot(program: string, args: string[]): Promise<void> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  await promisify(execFile)(program, args);
}

async function debianMirror(): Promise<string> {
  const targets = await runAsEngine('apt-get', [
    'indextargets',
    '--format',
    '$(ORIGIN)|$(REPO_URI)',
    'Created-By: Packages',
  ]).catch(() => '');
  const mirror = targets
    .split('\n')
    .filter((line) => line.startsWith('Debian|') && !line.includes('security'))
    .map((line) => line.slice('Debian|'.length))[0];
  if (!mirror) throw new InstallationImpossible("this machine's apt names no Debian mirror (run apt-get update once)");
  return mirror;
}

async function archiveKeyring(): Promise<string> {
  for (const name of ['debian-archive-keyring.gpg', 'debian-archive-keyring.pgp']) {
    const file = path.join('/usr/share/keyrings', name);
    if (await exists(file)) return file;
  }
  throw new InstallationImpossible('the package debian-archive-keyring is missing');
}

/** Makes the unpacked programs run from where they are, with the C library they were built for. */
async function makeRelocatable(staging: string, engine: string): Promise<void> {
  const libraries = (await readdir(path.join(staging, 'usr/lib'))).find((name) => name.endsWith('-linux-gnu'));
  if (!libraries) throw new InstallationImpossible('the packages hold no libraries for this machine');
  const lib = `${engine}/usr/lib/${libraries}`;
  const loader = (await readdir(path.join(staging, 'usr/lib', libraries))).find((name) =>
    /^ld-linux.*\.so\.\d$/.test(name),
  );
  if (!loader) throw new InstallationImpossible('the packages hold no dynamic loader for this machine');
  // Alternatives that maintainer scripts would have linked: the PostGIS control file, BLAS and LAPACK.
  const extensions = path.join(staging, 'usr/share/postgresql/18/extension');
  if (!(await exists(path.join(extensions, 'postgis.control')))) {
    await symlink('postgis-3.control', path.join(extensions, 'postgis.control'));
  }
  const search = [lib, `${lib}/blas`, `${lib}/lapack`, `${engine}/usr/lib/postgresql/18/lib`].join(':');
  for (const program of ['postgres', 'initdb']) {
    const file = path.join(programFolder(staging), program);
    const installed = path.join(programFolder(engine), program);
    await rename(file, `${file}.bin`);
    const start = `exec '${lib}/${loader}' --library-path '${search}' --argv0 '${installed}' '${installed}.bin' "$@"`;
    await writeFile(file, `#!/bin/sh\n${start}\n`);
    await chmod(file, 0o755);
  }
}
