import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileKeys } from '@kept/core';
import { expect } from './expect.ts';
import type { Stage } from './stage.ts';

/** Anybody can check the receipt with nothing but the public key; one changed byte or another signer shows. */
export async function provedOffline(stage: Omit<Stage, 'cast'>, receipt: string): Promise<void> {
  const { say, dir, verify, server } = stage;
  say.chapter('Proof that needs no trust in us');
  const keys = path.join(dir, 'keys', 'signing.public.json');
  const good = await verify(receipt, keys);
  expect(good.code === 0, `kept verify finds the receipt good (${good.output})`);
  say.tell('kept verify: good.', { exit: good.code });

  const changed = path.join(dir, 'receipt-changed.json');
  const text = await readFile(receipt, 'utf8');
  const at = text.indexOf('"done":') + '"done":'.length;
  await writeFile(changed, `${text.slice(0, at)}${text[at] === '9' ? '8' : '9'}${text.slice(at + 1)}`);
  const bad = await verify(changed, keys);
  expect(bad.code === 1, 'kept verify finds one changed byte');
  say.tell('kept verify with one byte changed: bad.', { exit: bad.code });

  const stranger = path.join(dir, 'another-signer');
  await fileKeys(stranger).signer();
  const unknown = await verify(receipt, path.join(stranger, 'signing.public.json'));
  expect(unknown.code === 1, 'kept verify refuses an unknown signer');
  say.tell('kept verify with another key: bad.', { exit: unknown.code });

  await server.kept.evidence.sequence();
  await server.kept.evidence.anchor();
  const chain = await server.kept.evidence.verify();
  expect(chain.ok, `the evidence chain holds (${chain.why ?? ''})`);
  say.tell('The evidence chain is whole and anchored outside the database.', { entries: chain.entries });
}
