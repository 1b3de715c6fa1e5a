import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fileLedger } from '../../packages/core/src/adapters/ledger/fileLedger.ts';
import { memoryLedger } from '../../packages/core/src/adapters/ledger/memoryLedger.ts';
import { anEntry, ledgerContract } from './ledgerContract.ts';

const directory = async () => join(await mkdtemp(join(tmpdir(), 'kept-ledger-')), 'ledger');
const source = new URL('../../packages/core/src/adapters/ledger/fileLedger.ts', `file://${import.meta.filename}`).href;

ledgerContract('memory', async () => ({ ledger: memoryLedger() }));
ledgerContract('file', async () => {
  const place = await directory();
  return { ledger: fileLedger(place), again: () => fileLedger(place) };
});

describe('a ledger in a file', () => {
  test('a line cut off by a crash counts as never written, before and after the next one', async () => {
    const place = await directory();
    await fileLedger(place).append(anEntry('a'));
    await appendFile(join(place, 'ledger.ndjson'), '{"id":"torn","at":"2026-03');

    expect(await fileLedger(place).entries()).toEqual([anEntry('a')]);
    await fileLedger(place).append(anEntry('torn'));

    expect(await fileLedger(place).entries()).toEqual([anEntry('a'), anEntry('torn')]);
  });

  test.each(['garbage', '{"at":"without an id"}', 'null', ''])(
    'a whole line that cannot be read is an error: %j',
    async (bad) => {
      const place = await directory();
      await fileLedger(place).append(anEntry('a'));
      const path = join(place, 'ledger.ndjson');
      await writeFile(path, `${bad}\n${await readFile(path, 'utf8')}`);

      await expect(fileLedger(place).entries()).rejects.toMatchObject({ code: 'LINES_BROKEN', place: 'ledger.ndjson' });
      await expect(fileLedger(place).append(anEntry('b'))).rejects.toMatchObject({ code: 'LINES_BROKEN' });
    },
  );

  test('nobody but its owner can read it', async () => {
    const place = await directory();
    await fileLedger(place).append(anEntry('a'));

    expect((await stat(place)).mode & 0o077).toBe(0);
    expect((await stat(join(place, 'ledger.ndjson'))).mode & 0o077).toBe(0);
  });

  test('a process that is killed in the middle loses nothing that it was told was written', async () => {
    const place = await directory();
    const child = spawn(process.execPath, ['--input-type=module', '-e', writerOf(place)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    for await (const chunk of child.stdout) {
      told += chunk;
      if (told.split('\n').length > 20) child.kill('SIGKILL');
    }

    const acknowledged = told.split('\n').filter((line) => line !== '');
    const ids = (await fileLedger(place).entries()).map(({ id }) => id);

    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    expect(ids).toEqual(expect.arrayContaining(acknowledged));
    await fileLedger(place).append(anEntry('afterwards'));
    expect((await fileLedger(place).entries()).at(-1)?.id).toBe('afterwards');
  });
});

function writerOf(place: string): string {
  return `
    import { writeSync } from 'node:fs';
    import { fileLedger } from ${JSON.stringify(source)};
    const ledger = fileLedger(${JSON.stringify(place)});
    for (let n = 0; ; n += 1) {
      await ledger.append({ ...${JSON.stringify(anEntry(''))}, id: 'entry-' + n });
      writeSync(1, 'entry-' + n + '\\n');
    }`;
}
