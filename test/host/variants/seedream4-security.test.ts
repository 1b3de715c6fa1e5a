import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startVideoHost } from '../../../examples/video-host/src/server.ts';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { deviceToken } from '../../../examples/video-host/variants/seedream4/seed.ts';
import { again, twoStaff } from '../../engine/case.ts';
import { type House, openHouse } from './openHouse.ts';

let the: House;
beforeAll(async () => {
  the = await openHouse(variant, 'seedream4_security');
});
afterAll(() => the.close());

/** A collection of Kept's own, past every gate. */
const raw = (name: string) => the.connection.collection<Record<string, unknown>>(name);

/** Bytes of a field, as the driver reads them. */
const stored = (field: unknown): Buffer => Buffer.from((field as { readonly buffer: Uint8Array }).buffer);

describe('somebody without the right to it', () => {
  test('puts no images onto a disk that is not declared encrypted, in production (part of seedream4.security.measures)', async () => {
    const before = process.env.NODE_ENV;
    const dir = await mkdtemp(join(tmpdir(), 'kept-plain-'));
    const mongodbUri = process.env.KEPT_TEST_MONGODB_URI ?? '';
    try {
      process.env.NODE_ENV = 'production';
      const start = startVideoHost({ variant, mongodbUri, database: 'kept_house_plain', dir });
      await expect(start).rejects.toMatchObject({ code: 'FILES_NOT_ENCRYPTED' });
    } finally {
      process.env.NODE_ENV = before;
      await rm(dir, { recursive: true, force: true });
    }
  });

  test('opens, changes and deletes nothing of another’s (part of seedream4.security.measures)', async () => {
    const creation = await the.connection.collection('creations').findOne({ prompt: 'a lighthouse in fog' });
    const place = `${the.urls.host}/creations/${creation?._id}`;
    const as = (person: string) => ({ headers: { cookie: `device=${deviceToken(person)}` } });
    expect((await fetch(`${place}/image/0`, as('ida'))).status).toBe(200);
    for (const who of [{}, as('wren'), as('nobody')]) {
      expect((await fetch(`${place}/image/0`, who)).status).toBe(404);
      const gone = await fetch(`${place}/items/0/delete`, { method: 'POST', redirect: 'manual', ...who });
      expect([401, 404]).toContain(gone.status);
    }
    expect((await fetch(`${the.urls.console}/`, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(`${place}/image/0`, as('ida'))).status).toBe(200);
  });

  test('erases nobody alone, as a member of staff either (part of seedream4.security.measures)', async () => {
    const { email } = the.person('ida');
    await the.write(email, 'Please delete everything you have about me.');
    await the.confirm(email);
    const [asked] = (await the.kept.requests.list({ status: 'open' })).items;
    const { agent, lead } = await twoStaff(the.kept);
    const request = await again(the.kept, asked?._id ?? '');
    const hash = 'preview' in request ? request.preview.hash : '';
    await the.kept.requests.propose(request._id, lead, hash);
    for (const by of [agent, lead, 'somebody'])
      await expect(the.kept.requests.approve(request._id, by, hash)).rejects.toMatchObject({
        code: expect.stringMatching(/^(APPROVAL_REFUSED|REQUEST_CONFLICT)$/),
      });
    await the.kept.workOff();
    expect(await the.connection.collection('visitors').countDocuments({ email })).toBe(1);
    await the.kept.requests.withdraw(request._id, agent);
  });
});

describe('what is kept of a person in transit', () => {
  test('cannot be read where it lies, and does not open once a byte of it was changed (part of seedream4.security.measures)', async () => {
    const { email } = the.person('otto');
    await the.write(email, 'Please send me a copy of all my personal data. The word is marigold.');
    await the.confirm(email);
    expect((await the.fetched({ address: email })).text('kept/conversations.json')).toContain('marigold');
    const mails = await raw('kept_mails').find().toArray();
    expect(mails.length).toBeGreaterThan(0);
    for (const { sealed } of mails) expect(stored(sealed).includes('marigold')).toBe(false);

    const [chunk] = await raw('kept_packages.chunks').find().toArray();
    const bytes = stored(chunk?.data);
    expect(bytes.subarray(0, 2).toString()).not.toBe('PK');
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
    await raw('kept_packages.chunks').updateOne({ _id: chunk?._id as never }, { $set: { data: bytes } });
    await expect(the.fetched({ address: email })).rejects.toThrow();
    expect((await the.kept.findings.open()).map(({ code }) => code)).toContain('PACKAGE_BROKEN');
  });
});

describe('the evidence', () => {
  test.each([
    ['changed', (seq: number) => raw('kept_evidence').updateOne({ seq }, { $set: { type: 'NothingHappened' } })],
    ['removed', (seq: number) => raw('kept_evidence').deleteOne({ seq })],
  ] as const)('shows where an entry was %s (part of seedream4.security.measures)', async (_how, tamper) => {
    await the.kept.evidence.sequence();
    expect(await the.kept.evidence.verify()).toMatchObject({ ok: true });
    const before = await raw('kept_evidence').find().toArray();
    await tamper(4);
    expect(await the.kept.evidence.verify()).toMatchObject({ ok: false });
    await raw('kept_evidence').deleteMany({});
    await raw('kept_evidence').insertMany(before);
  });
});
