import { KeptError } from '../../kernel/keptError.ts';
import type { Recipient } from '../../kernel/policy/policy.ts';
import { composeRopa } from '../../kernel/ropa/composeRopa.ts';
import { ropaJsonld } from '../../kernel/ropa/ropaJsonld.ts';
import { event, save } from '../aggregate.ts';
import { recordDisclosure } from '../egress/disclosures.ts';
import type { World } from '../world.ts';
import {
  type BusinessTransfer,
  type LeftOut,
  NOBODY,
  type TransferFile,
  type TransferRun,
  type TransferSink,
} from './businessTransfer.ts';
import { manifestOf } from './manifest.ts';
import { successorNamed } from './prepareTransfer.ts';
import { toldInTime } from './tellPeople.ts';
import { transferLines } from './transferLines.ts';
import { PURPOSE, whoGoes } from './whoGoes.ts';

/** People in a unit: after a crash so many are written again, under the same names. */
const UNIT = 50;
const LEASE_MS = 5 * 60_000;

/** A file is held in memory while it is made, so none grows much beyond this. */
const FILE_BYTES = 4 * 1024 * 1024;

/** Writes unit after unit, each with the files that it made; at the end the records of processing and the signed manifest. */
export async function runTransfer(world: World, id: string, into: TransferSink): Promise<BusinessTransfer> {
  const transfers = world.records.collection<BusinessTransfer>('transfers');
  const holder = world.crypto.newId();
  for (;;) {
    const now = world.clock.now();
    const mine = await transfers.claim({ _id: id }, holder, now, new Date(now.getTime() + LEASE_MS));
    if (!mine) throw conflict(id, 'Another worker is at it', 'Wait until it is done, or its lease is over.');
    const { lease, ...transfer } = mine;
    if (transfer.run?.doneAt) return save(transfers, transfer);

    try {
      demandDue(transfer, world.policy.hash, now);
    } catch (error) {
      await save(transfers, transfer);
      throw error;
    }
    const before: TransferRun = transfer.run ?? { startedAt: now, units: 0, people: 0, leftOut: NOBODY, files: [] };
    const { run, isLast } = await unit(world, transfer, before, into, now);
    if (!isLast) {
      await save(transfers, { ...transfer, run, ...(lease && { lease }) });
      continue;
    }
    const files = [...run.files, await writeRopa(world, into)];
    const over = { ...transfer, run: { ...run, files, doneAt: now } };
    const manifest = new TextEncoder().encode(await manifestOf(world, over));
    await into.put('manifest.json', manifest);
    const { people, leftOut } = run;
    const details = { people, leftOut, files: files.length, manifest: world.crypto.sha256(manifest) };
    return save(transfers, over, [event(world, 'TransferMade', now, details)]);
  }
}

async function unit(
  world: World,
  transfer: BusinessTransfer,
  before: TransferRun,
  into: TransferSink,
  now: Date,
): Promise<{ run: TransferRun; isLast: boolean }> {
  const recipient = successorNamed(world, transfer.successor);
  const { subjects, next } = await world.data.subjects(UNIT, before.after);
  const keys = subjects.map(({ subject }) => subject);
  const [fates, told] = await Promise.all([
    whoGoes(world, recipient, transfer.reference, keys, now),
    toldInTime(world, transfer, keys),
  ]);
  const go: { subject: string; categories: readonly string[] }[] = [];
  let leftOut: LeftOut = before.leftOut;
  for (const subject of keys) {
    const fate = fates.get(subject) ?? { leftOut: 'other' as const };
    const why = 'leftOut' in fate ? fate.leftOut : told.has(subject) ? undefined : 'untold';
    if (why !== undefined) leftOut = { ...leftOut, [why]: leftOut[why] + 1 };
    else if ('categories' in fate) go.push({ subject, categories: fate.categories });
  }

  const made: TransferFile[] = [];
  for await (const content of contents(world, transfer, recipient, go, now)) {
    const name = pieceName(before.units + 1, made.length + 1);
    await into.put(name, content);
    made.push({ name, sha256: world.crypto.sha256(content), bytes: content.byteLength });
  }
  // A run that died may have written more: of somebody, perhaps, who has objected since.
  for (let piece = made.length + 1; await takeBack(into, pieceName(before.units + 1, piece)); ) piece += 1;
  const { after: _, ...rest } = before;
  const run = {
    ...rest,
    ...(next !== undefined && { after: next }),
    units: before.units + 1,
    people: before.people + go.length,
    leftOut,
    files: [...before.files, ...made],
  };
  return { run, isLast: next === undefined };
}

function pieceName(unit: number, piece: number): string {
  return `people-${String(unit).padStart(6, '0')}-${String(piece).padStart(3, '0')}.ndjson`;
}

/** The lines of these people in pieces of bounded size; that somebody's data leaves is on record before it does. */
async function* contents(
  world: World,
  transfer: BusinessTransfer,
  recipient: Recipient,
  people: readonly { readonly subject: string; readonly categories: readonly string[] }[],
  now: Date,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '';
  for (const { subject, categories } of people) {
    const mark = await world.keys.mac('notice', `${world.service}\n${subject}`);
    const to = {
      name: recipient.name,
      recipient,
      subject,
      purpose: PURPOSE,
      reference: transfer.reference,
      approval: transfer._id,
    };
    const told = { categories, fields: [], withheld: { unlisted: 0, personal: [], media: [] } };
    await recordDisclosure(world, `disclosure-${transfer._id}-${mark.slice(0, 24)}`, to, told, now);
    for await (const line of transferLines(world, subject, categories)) {
      text += line;
      if (text.length < FILE_BYTES) continue;
      yield encoder.encode(text);
      text = '';
    }
  }
  if (text !== '') yield encoder.encode(text);
}

async function writeRopa({ policy, crypto }: World, into: TransferSink): Promise<TransferFile> {
  const name = 'records-of-processing.jsonld';
  const content = new TextEncoder().encode(`${JSON.stringify(ropaJsonld(composeRopa(policy), policy), null, 2)}\n`);
  await into.put(name, content);
  return { name, sha256: crypto.sha256(content), bytes: content.byteLength };
}

function demandDue(
  { _id, withdrawn, approvedAt, objectBy, telling, preview }: BusinessTransfer,
  policy: string,
  now: Date,
): void {
  if (withdrawn) throw conflict(_id, 'It was withdrawn', 'Prepare it again.');
  if (!approvedAt || !objectBy) throw conflict(_id, 'Nobody has approved it', 'Two people sign for its counts.');
  if (preview.policy !== policy) throw conflict(_id, 'The policy has changed since', 'Prepare it again.');
  if (!telling?.doneAt) throw conflict(_id, 'Not everybody was told yet', 'Let the letters go out.');
  if (now < objectBy) throw conflict(_id, 'People can still object', `Wait until ${objectBy.toISOString()}.`);
}

function conflict(id: string, message: string, remedy: string): KeptError {
  return new KeptError('TRANSFER_CONFLICT', message, { place: `transfer ${id}`, remedy });
}

/** Answers whether the file was there. */
async function takeBack(into: TransferSink, name: string): Promise<boolean> {
  const [file] = await into.remove([name]);
  if (file?.state === 'gone' || file?.state === 'absent') return file.state === 'gone';
  throw new KeptError('TRANSFER_FILE_REFUSED', 'A file that an earlier run wrote cannot be taken back', {
    place: name,
    remedy: 'Remove it by hand, or let go what locks it, and run the transfer again.',
  });
}
