import { access, chmod, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runAsEngine } from './commands.ts';
import { downloadPackages } from './debianPackages.ts';
import { type Folders, makeFolder, moveInto } from './folders.ts';
import { canBeInstalled, InstallationImpossible } from './impossible.ts';
import { withLock } from './lock.ts';
import { programFolder } from './programs.ts';
import { makeTemplate } from './template.ts';

const UNPACK = 'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --keep-directory-symlink --no-same-owner';

/** Installs the engine and its template once; later calls, of any process, find them there. */
export async function ensureInstalled(folders: Folders, log: (line: string) => void): Promise<void> {
  if (await exists(folders.template)) return;
  if (!canBeInstalled())
    throw new InstallationImpossible('DocumentDB comes as packages of Debian, and this is not Debian');
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
    const archives = await downloadPackages(apt);
    await makeFolder(staging);
    // Their order does not matter, because no maintainer script runs.
    for (const archive of archives) await runAsEngine('/bin/sh', ['-c', UNPACK, 'unpack', archive, staging]);
    await makeRelocatable(staging, folders.engine);
    await moveInto(staging, folders.engine);
  } finally {
    await rm(apt, { recursive: true, force: true });
    await rm(staging, { recursive: true, force: true });
  }
}

/** Makes the unpacked programs run from where they are, with the C library they were built for. */
async function makeRelocatable(staging: string, engine: string): Promise<void> {
  const libraries = await only(path.join(staging, 'usr/lib'), /-linux-gnu$/);
  const loader = await only(path.join(staging, 'usr/lib', libraries), /^ld-linux.*\.so\.\d$/);
  // Alternatives that maintainer scripts would have linked: the control file of PostGIS; below, BLAS and LAPACK.
  const control = path.join(staging, 'usr/share/postgresql/18/extension/postgis.control');
  if (!(await exists(control))) await symlink('postgis-3.control', control);
  const lib = `${engine}/usr/lib/${libraries}`;
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

async function only(folder: string, pattern: RegExp): Promise<string> {
  const name = (await readdir(folder)).find((each) => pattern.test(each));
  if (name === undefined)
    throw new InstallationImpossible(`the packages do not fit this machine: nothing like ${pattern} in them`);
  return name;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
