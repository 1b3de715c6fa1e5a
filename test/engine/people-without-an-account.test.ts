import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept, StoredRequest } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { linkFor } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approved, DELETE, leadOf, mail, ticketOfMail, twoStaff } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let kept: Kept;
let app: express.Express;
const { somebody, lettersTo, lastTo, finish } = casework(() => the);

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  app = express().use('/privacy', kept.router({ subjectOf: () => undefined }));
});
afterAll(() => the.close());

/** The first request that a mail led to, as far as it goes without a person. */
async function ledTo(mailId: string): Promise<StoredRequest> {
  await finish();
  const [id = ''] = (await ticketOfMail(the, mailId)).requests;
  return again(kept, id);
}

describe('somebody who is in no record', () => {
  test('is told so once the address is proven, with what would help, and the case closes', async () => {
    const open = await ledTo(await mail(kept, 'passer@example.net', DELETE));
    expect(open).toMatchObject({ status: 'received', about: { address: 'passer@example.net' } });
    expect(lettersTo('passer@example.net')).toEqual(['We have your request', 'Please confirm your address']);
    expect(lastTo('passer@example.net')).not.toMatch(/found nothing|registered with us/);

    await request(app)
      .post(`/privacy/confirm/${linkFor(the, 'passer@example.net')}`)
      .expect(200);
    await finish();
    expect(await again(kept, open._id)).toMatchObject({ status: 'fulfilled', identity: { how: 'link' } });
    expect(lettersTo('passer@example.net').slice(2)).toEqual(['We found nothing under your address']);
    expect(lastTo('passer@example.net')).toContain('Please tell us by a reply');
    expect((await kept.tickets.get(open.ticket))?.status).toBe('closed');
    expect(await the.db.collection('kept_identifiers').countDocuments({ value: 'passer@example.net' })).toBe(0);
  });

  test('learns nothing without the link, whatever they ask, not even by a choice that harms nobody', async () => {
    const open = await ledTo(
      await mail(kept, 'spoofed@example.net', 'Please stop using my data to train your models.'),
    );
    expect(open.status).toBe('received');
    // Letters of one instant leave in any order.
    expect([...new Set(lettersTo('spoofed@example.net'))].sort()).toEqual([
      'Please confirm your address',
      'We have your request',
    ]);
  });

  test('who signed up since is answered as a person who is known', async () => {
    const address = 'late@example.net';
    const open = await ledTo(await mail(kept, address, DELETE));
    const id = await the.db.collection('users').insertOne({ email: address, identities: [], createdAt: new Date() });
    await kept.requests.confirm(linkFor(the, address));
    await finish();
    await finish();
    expect(await again(kept, open._id)).toMatchObject({ status: 'linked', of: `${open._id}-found` });
    expect(await again(kept, `${open._id}-found`)).toMatchObject({
      status: 'previewed',
      subject: String(id.insertedId),
    });
    expect(lettersTo(address)).not.toContain('We found nothing under your address');
  });

  test('who names somebody else gets the same letters whether that one has an account or not', async () => {
    const known = await somebody();
    const ask = (whom: string): string => `Please delete all data of ${whom} from your service.`;
    await mail(kept, 'nosy@example.net', ask(known.address));
    await mail(kept, 'nosy2@example.net', ask('nobody-here@example.org'));
    await finish();
    expect(lettersTo('nosy@example.net')).toEqual(['We have your request']);
    expect(lettersTo('nosy2@example.net')).toEqual(lettersTo('nosy@example.net'));
  });

  test('and a machine gets no letter at all', async () => {
    await mail(kept, 'robot@example.net', DELETE, { 'Auto-Submitted': 'auto-replied' });
    await finish();
    expect(lettersTo('robot@example.net')).toEqual([]);
  });

  test('whom staff find by another address is asked there, and the link that went to the writer opens nothing', async () => {
    const { agent } = await twoStaff(kept);
    const person = await somebody();
    const open = await ledTo(await mail(kept, 'work@example.net', DELETE));
    const old = linkFor(the, 'work@example.net');
    await expect(kept.requests.concerns(open._id, 'a stranger', person.key)).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
    });
    for (const wrong of ['nobody', '', { $ne: '' } as unknown as string])
      await expect(kept.requests.concerns(open._id, agent, wrong)).rejects.toMatchObject({ code: 'SUBJECT_INVALID' });

    await kept.requests.concerns(open._id, agent, person.key);
    await finish();
    await expect(kept.requests.confirm(old)).rejects.toMatchObject({ code: 'CONFIRMATION_NOT_FOUND' });
    expect(lettersTo(person.address)).toEqual(['Please confirm your request']);
    expect(await kept.requests.confirm(linkFor(the, person.address))).toMatchObject({ subject: person.key });
    await expect(kept.requests.concerns(open._id, agent, person.key)).rejects.toMatchObject({
      code: 'REQUEST_CONFLICT',
    });
  });
});

describe('an agent', () => {
  const AGENT = 'requests@agency.example';
  const asks = (address: string): string =>
    `I am writing on behalf of my client. Please delete all personal data of ${address}.`;

  test('moves nothing by their own word: the person confirms who asks what for them, and has the answer', async () => {
    const person = await somebody();
    const open = await ledTo(await mail(kept, AGENT, asks(person.address)));
    expect(open).toMatchObject({ status: 'received', mandate: {}, about: { subject: person.key } });
    expect(lettersTo(AGENT)).toEqual(['We have the request that you make for somebody']);
    expect(lettersTo(person.address)).toEqual(['Somebody asks us in your name']);
    expect(lastTo(person.address)).toContain(`from ${AGENT} and asked us, in\nyour name, to erase your personal data`);

    const link = linkFor(the, person.address);
    expect((await request(app).get(`/privacy/confirm/${link}`)).text).toContain(AGENT);
    await request(app).post(`/privacy/confirm/${link}`).expect(200);
    await finish();
    await approved(kept, open._id);
    await finish();
    expect(await again(kept, open._id)).toMatchObject({ status: 'fulfilled', identity: { how: 'link' } });
    expect(lettersTo(person.address).slice(-1)).toEqual(['Your data has been erased']);
    expect(lettersTo(AGENT).slice(-1)).toEqual(['What you asked for somebody is answered']);
    expect(the.mailer.sent.filter(({ to, attachments }) => to === AGENT && attachments.length > 0)).toEqual([]);
  });

  test('has a copy of the answer where the person says so on the page', async () => {
    const person = await somebody();
    const [agency, open] = [
      'copy@agency.example',
      await ledTo(await mail(kept, 'copy@agency.example', asks(person.address))),
    ];
    await request(app)
      .post(`/privacy/confirm/${linkFor(the, person.address)}`)
      .type('form')
      .send({ copy: 'yes' })
      .expect(200);
    await finish();
    await approved(kept, open._id);
    await finish();
    expect(lettersTo(agency).slice(-1)).toEqual(lettersTo(person.address).slice(-1));
  });

  test('reads the same whether there is such a person or not, and nothing is asked of their own account', async () => {
    const [own, person] = [await somebody(), await somebody()];
    await mail(kept, own.address, asks(person.address));
    const nobody = await ledTo(await mail(kept, 'second@agency.example', asks('nobody-at-all@example.org')));
    await finish();
    const plain = (to: string): string => lastTo(to).replace(/K-[0-9A-F]+/g, 'K');
    expect(nobody.about).toBeUndefined();
    expect(plain('second@agency.example')).toBe(plain(own.address));
    expect(lettersTo(own.address)).toEqual(['We have the request that you make for somebody']);
  });

  test('who shows a power of attorney is believed once a colleague saw it, and the document is not kept', async () => {
    const { agent } = await twoStaff(kept);
    const person = await somebody();
    const raw = withDocument('poa@agency.example', asks(person.address));
    const { id } = await kept.mail.receive({ mailbox: 'support@sdanceai.com', raw });
    await kept.mail.work();
    const open = await ledTo(id);

    for (const wrong of [
      { kind: 'their word' },
      { kind: 'power-of-attorney', until: '2020-01-01' },
      { kind: 'power-of-attorney', until: 'for ever' },
      { kind: 'power-of-attorney', copy: 'yes' },
      undefined,
    ])
      await expect(kept.requests.mandateSeen(open._id, agent, wrong as never)).rejects.toMatchObject({
        code: 'MANDATE_INVALID',
      });
    const seen = { kind: 'power-of-attorney', until: '2027-01-01' } as const;
    await expect(kept.requests.mandateSeen(open._id, 'a stranger', seen)).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
    });
    await kept.requests.mandateSeen(open._id, agent, seen);
    await finish();

    const request = await again(kept, open._id);
    expect(request).toMatchObject({ status: 'previewed', subject: person.key, identity: { how: 'mandate' } });
    expect(request.mandate).toMatchObject({ documentsGone: true, seen: { by: agent, until: '2027-01-01' } });
    await expect(kept.mail.raw(id, agent, 'to look at it again')).rejects.toMatchObject({ code: 'MAIL_CLOSED' });
    await expect(kept.requests.mandateSeen(open._id, agent, seen)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
  });

  test('with a mere signed permission still waits for the person', async () => {
    const { agent } = await twoStaff(kept);
    const person = await somebody();
    const open = await ledTo(await mail(kept, 'signed@agency.example', asks(person.address)));
    await kept.requests.mandateSeen(open._id, agent, { kind: 'signed-permission' });
    await finish();
    expect((await again(kept, open._id)).status).toBe('received');
  });

  test('whose mandate nobody saw is refused, and the refusal goes to them alone', async () => {
    const person = await somebody();
    const open = await ledTo(await mail(kept, 'unproven@agency.example', asks(person.address)));
    await kept.requests.refuse(open._id, await leadOf(kept), {
      article: 'Article 12(6) GDPR',
      reason: 'We saw no mandate.',
    });
    await finish();
    expect(lettersTo('unproven@agency.example').slice(-1)).toEqual(['About your request']);
    expect(lettersTo(person.address)).toEqual(['Somebody asks us in your name']);
  });
});

/** A mail that carries a scanned document. */
function withDocument(from: string, text: string): Uint8Array {
  return Buffer.from(
    [
      `From: ${from}`,
      'To: support@sdanceai.com',
      'Subject: For my client',
      `Message-ID: <${from}>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=part',
      '',
      '--part',
      'Content-Type: text/plain',
      '',
      text,
      '--part',
      'Content-Type: application/pdf; name=mandate.pdf',
      'Content-Disposition: attachment; filename=mandate.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0xLjQK',
      '--part--',
      '',
    ].join('\r\n'),
  );
}
