import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fileAnchor } from '../../packages/core/src/adapters/anchor/fileAnchor.ts';
import { memoryAnchor } from '../../packages/core/src/adapters/anchor/memoryAnchor.ts';
import { aHead, anchorContract } from './anchorContract.ts';

const directory = async () => join(await mkdtemp(join(tmpdir(), 'kept-anchor-')), 'anchor');

anchorContract('memory', async () => ({ anchor: memoryAnchor() }));
anchorContract('file', async () => {
  const place = await directory();
  return { anchor: fileAnchor(place), again: () => fileAnchor(place) };
});

test('a head cut off by a crash counts as never written', async () => {
  const place = await directory();
  await fileAnchor(place).write(aHead(3));
  await appendFile(join(place, 'anchors.ndjson'), JSON.stringify(aHead(9)).slice(0, -5));

  expect(await fileAnchor(place).last('sdance-ai', '2026-03')).toMatchObject({ seq: 3 });
  await fileAnchor(place).write(aHead(4));

  expect(await fileAnchor(place).last('sdance-ai', '2026-03')).toMatchObject({ seq: 4 });
});
