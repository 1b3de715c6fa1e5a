// Installs what is missing (packages and the pinned Node), then runs the given command with them.
// Runs under any Node >= 20.11, before anything is installed, so it may import nothing but Node itself.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = path.join(root, 'node_modules/.bin');
const stamp = path.join(root, 'node_modules/.ensure');
const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

const installed =
  existsSync(path.join(bin, process.platform === 'win32' ? 'node.cmd' : 'node')) &&
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === wanted;

if (!installed) {
  const started = performance.now();
  process.stderr.write('kept: installing packages and the pinned Node …\n');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const result = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options);
  if (result.status !== 0) {
    process.stderr.write(
      'kept: the packages could not be installed; see the lines of npm above, mend what they name, and run the same command again.\n',
    );
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, wanted);
  process.stderr.write(`kept: installed in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

const [command, ...rest] = process.argv.slice(2);
const child = spawn(command, rest, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: bin + path.delimiter + process.env.PATH },
});
child.on('error', (error) => {
  process.stderr.write(
    `kept: ${command} could not be started (${error.code}); remove node_modules, and run the same command again.\n`,
  );
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

// Ctrl-C reaches the child by itself; here it only must not end us before it has put things away.
process.on('SIGINT', () => {});
const end = () => child.kill('SIGTERM');
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, end);
// npm hands a signal to its shell, and that to nobody: what we started must not outlive the command all the same.
const parent = process.ppid;
setInterval(() => process.ppid === parent || end(), 1000).unref();
