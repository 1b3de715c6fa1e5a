import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from './expect.ts';
import { table } from './narrator.ts';
import { letterAbout, type Stage } from './stage.ts';
import { runJobs } from './walkClock.ts';

/** Records and files go, payments stay without the person, a second look finds nothing, the answer carries a receipt. */
export async function everythingGoes(stage: Stage, id: string): Promise<string> {
  const { server, say, cast, dir } = stage;
  const { kept, connection, media } = server;
  say.chapter('Everything goes');
  const mara = cast.people.mara;
  expect(mara !== undefined, 'Mara is in the cast');
  const hers = Object.entries(cast.videos)
    .filter(([name]) => name.startsWith('mara.'))
    .flatMap(([, video]) => video.files);
  expect(hers.length > 0 && (await allThere(media, hers)), 'her files are there before');

  await runJobs(kept);
  const request = await kept.requests.get(id);
  expect(request?.status === 'fulfilled', 'the request is fulfilled');
  expect(request.residue?.found === 0, 'a second look finds nothing');
  const left = await Promise.all(hers.map((file) => media.has(file)));
  expect(!left.includes(true), 'no file of hers is left in the store');
  const payments = await connection
    .collection('payments')
    .find({ invoiceNumber: { $exists: true }, userId: { $exists: false } })
    .toArray();
  expect(payments.length > 0, 'her payments stay, detached');
  say.tell('Erased, unit by unit, and looked at again: nothing that names her is left.', {
    files: hers.length,
    rounds: request.residue.rounds,
  });
  say.tell('Her payments stay as tax law asks, without her.', { payments: payments.length });

  const letter = await letterAbout(stage, 'mara@example.org', 'Your data has been erased');
  const receipt = await kept.requests.receipt(id);
  expect(receipt !== undefined && letter.attachments.length === 1, 'the answer carries the receipt');
  const file = path.join(dir, 'receipt.json');
  await writeFile(file, receipt.text);
  say.tell('The answer went out, with a signed receipt:', { letter: letter.messageId ?? '' });
  const { document } = receipt.document;
  expect(document.format === 'kept-receipt/1', 'it is the receipt of an erasure');
  const { lines } = document;
  say.show(
    table([
      ['where', 'action', 'found', 'done', 'left', 'until'],
      ...lines.map((line) => [line.collection, line.action, line.found, line.done, line.left, line.until ?? '']),
    ]),
  );
  return file;
}

async function allThere(media: Stage['server']['media'], files: readonly string[]): Promise<boolean> {
  return (await Promise.all(files.map((file) => media.has(file)))).every(Boolean);
}
