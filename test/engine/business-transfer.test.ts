import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type BusinessTransfer,
  type Kept,
  memoryFiles,
  openDocument,
  type TransferManifest,
  verifySignature,
} from '@kept/core';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure, twoStaff } from './case.ts';
import { becomesActive, LABEL, versionWith } from './newVersion.ts';

let the: Scene;
let kept: Kept;
let agent: string;
let lead: string;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  ({ agent, lead } = await twoStaff(kept));
});
afterAll(() => the.close());

const TERMS = {
  successor: 'successor',
  reference: 'HRB 12345, contract of 2 March 2026',
  notice: 'Video House Ltd takes over the service.',
};
const prepare = (more: object = {}): Promise<BusinessTransfer> =>
  kept.transfer.prepare({ ...TERMS, by: agent, ...more });
const approve = async ({ _id, preview }: BusinessTransfer): Promise<void> => {
  await kept.transfer.approve(_id, agent, preview.hash);
  await kept.transfer.approve(_id, lead, preview.hash);
};
const textOf = async (files: ReturnType<typeof memoryFiles>, name: string): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of await files.read(name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe('a business transfer', () => {
  test('sdance-ai.recipient.transfer-of-business: tells the people, leaves out who objects or is restricted, and exports records, consents and the records of processing', async () => {
    const people: Record<string, Person> = {};
    for (const name of ['ann', 'ben', 'cleo', 'dan', 'eva', 'fay'])
      people[name] = await aPerson(the, `${name}@example.org`, { videos: 1, logs: 1, payments: 1 });
    const { ann, ben, cleo, dan, eva, fay } = people as Record<string, Person> & { [name: string]: Person };
    if (!ann || !ben || !cleo || !dan || !eva || !fay) throw new Error('somebody is missing');
    await kept.consents.give(ann.key, 'training', 'settings');
    await kept.objections.object(ann.key, 'improvement', 'settings');
    await kept.objections.object(ben.key, 'business-transfer', 'settings');
    await kept.holds.place({ kind: 'restriction', subject: cleo.key, ground: 'objection-pending', by: lead });
    await approvedErasure(the, kept, fay.address);
    await kept.holds.place({ kind: 'legal', subject: fay.key, ground: 'a claim', by: lead });

    const transfer = await prepare();
    expect(transfer.preview).toMatchObject({
      people: 3,
      leftOut: { objection: 1, restriction: 1, erasure: 1, undetermined: 0, untold: 0, other: 0 },
    });
    await approve(transfer);
    await kept.transfer.advance();
    await kept.outbox.deliver();
    const told = the.mailer.sent.filter(({ subjectLine }) => subjectLine.includes('your data may move'));
    expect(told.map(({ to }) => to).sort()).toEqual(
      ['ann', 'ben', 'cleo', 'dan', 'eva', 'fay'].map((name) => `${name}@example.org`),
    );
    expect(told[0]?.text).toContain('5 April 2026');

    // An objection in the time that is given for it counts; who came later was not told.
    the.clock.forward({ days: 20 });
    await kept.objections.object(dan.key, 'business-transfer', 'privacy page');
    const late = await aPerson(the, 'late@example.org', { videos: 0, logs: 0, payments: 0 });
    const files = memoryFiles();
    await expect(kept.transfer.run(transfer._id, files)).rejects.toMatchObject({ code: 'TRANSFER_CONFLICT' });
    the.clock.forward({ days: 13 });
    // Left by a run that died, when somebody more was to go.
    for (const piece of [2, 3]) await files.put(`people-000001-00${piece}.ndjson`, new TextEncoder().encode('dan'));
    const { run } = await kept.transfer.run(transfer._id, files);
    expect(await Promise.all([1, 2, 3].map((piece) => files.has(`people-000001-00${piece}.ndjson`)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(run).toMatchObject({
      people: 2,
      leftOut: { objection: 2, restriction: 1, erasure: 1, undetermined: 0, untold: 1, other: 0 },
    });

    const lines = (await textOf(files, 'people-000001-001.ndjson'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ type }) => type === 'person').map(({ subject }) => subject)).toEqual([ann.key, eva.key]);
    expect(lines.find(({ subject }) => subject === ann.key)).toMatchObject({
      consents: [{ flag: 'training', what: 'given' }],
      objections: [{ purpose: 'improvement', what: 'objected' }],
    });
    const records = lines.filter(({ subject, type }) => subject === ann.key && type === 'record');
    expect(records.map(({ collection }) => collection).sort()).toEqual(['apiKeys', 'generations', 'payments', 'users']);
    expect(records.find(({ collection }) => collection === 'users').values).toMatchObject({ email: 'ann@example.org' });
    // Logs are not among what the notice lets go, and hashes never leave.
    expect(JSON.stringify(lines)).not.toMatch(/192\.0\.2\.1|"hash"/);
    for (const { key } of [ben, cleo, dan, fay, late]) expect(JSON.stringify(lines)).not.toContain(key);

    const keys = await the.keys.signer();
    const opened = openDocument<TransferManifest>(
      await textOf(files, 'manifest.json'),
      { [keys.keyId]: keys.publicKey },
      verifySignature,
    );
    if (!opened.ok) throw new Error(opened.why);
    expect(opened.document).toMatchObject({
      people: 2,
      reference: TERMS.reference,
      preview: { hash: transfer.preview.hash },
    });
    expect(opened.document.files.map(({ name }) => name)).toEqual([
      'people-000001-001.ndjson',
      'records-of-processing.jsonld',
    ]);
    for (const { name, sha256 } of opened.document.files)
      expect(
        createHash('sha256')
          .update(await textOf(files, name))
          .digest('hex'),
      ).toBe(sha256);

    expect((await kept.disclosures.of(ann.key)).map(({ recipient, purpose }) => [recipient, purpose])).toEqual([
      ['successor', 'business-transfer'],
    ]);
    expect(await kept.disclosures.of(dan.key)).toEqual([]);

    // Done is done, and the letters with their addresses are forgotten.
    expect((await kept.transfer.run(transfer._id, files)).run).toEqual(run);
    the.clock.forward({ days: 1 });
    await kept.transfer.advance();
    expect(await the.db.collection('kept_outbox').countDocuments({ letter: 'business-transfer' })).toBe(0);
    expect((await again(kept, (await kept.requests.list()).items[0]?._id ?? '')).status).not.toBe('received');
  });

  test('rests on a reference, a notice and a time to object in, and goes to a successor that the policy names', async () => {
    const bad = [
      { reference: '' },
      { notice: ' ' },
      { waitingDays: 13 },
      { waitingDays: 30.5 },
      { waitingDays: '30' },
      { successor: { $ne: '' } },
      { notice: 'x'.repeat(4001) },
    ];
    for (const each of bad) await expect(prepare(each)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    for (const successor of ['creem', 'authorities', 'nobody'])
      await expect(prepare({ successor })).rejects.toMatchObject({ code: 'TRANSFER_INVALID' });
    await expect(prepare({ by: 'a stranger' })).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await expect(kept.transfer.run('unknown', memoryFiles())).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' });
  });

  test('is signed by two people for exactly what was counted, a lead among them', async () => {
    const transfer = await prepare();
    const sign = (by: string, hash: string = transfer.preview.hash): Promise<BusinessTransfer> =>
      kept.transfer.approve(transfer._id, by, hash);
    await expect(sign(agent, 'another')).rejects.toMatchObject({ code: 'TRANSFER_CONFLICT' });
    await sign(agent);
    await expect(sign(agent)).rejects.toMatchObject({ code: 'TRANSFER_CONFLICT' });
    const { _id: other } = await kept.staff.add({
      email: 'bo@kept.test',
      name: 'Bo',
      role: 'agent',
      password: 'a long password',
    });
    await expect(sign(other)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await expect(kept.transfer.run(transfer._id, memoryFiles())).rejects.toMatchObject({ code: 'TRANSFER_CONFLICT' });
    expect(await sign(lead)).toMatchObject({ approvedAt: the.clock.now() });
  });

  test('that is withdrawn writes to nobody and never runs', async () => {
    const transfer = await prepare();
    await approve(transfer);
    await kept.transfer.withdraw(transfer._id, agent);
    await kept.transfer.advance();
    const occasion = { $regex: `^business-transfer:${transfer._id}` };
    expect(await the.db.collection('kept_outbox').countDocuments({ occasion })).toBe(0);
    the.clock.forward({ days: 40 });
    await expect(kept.transfer.run(transfer._id, memoryFiles())).rejects.toMatchObject({ code: 'TRANSFER_CONFLICT' });
  });

  test('is counted anew where the policy has changed since', async () => {
    const transfer = await prepare();
    await approve(transfer);
    await becomesActive(the, kept, versionWith(2, LABEL));
    await kept.transfer.advance();
    the.clock.forward({ days: 34 });
    await expect(kept.transfer.run(transfer._id, memoryFiles())).rejects.toMatchObject({
      code: 'TRANSFER_CONFLICT',
      message: 'The policy has changed since',
    });
  });
});
