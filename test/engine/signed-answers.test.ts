import { afterAll, describe, expect, test } from '@jest/globals';
import type { AnswerReceipt, Asks, Right, RightDecision } from '@kept/core';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { withAfterthought } from './afterthought.ts';
import { answerReceiptOf, says } from './answerReceiptOf.ts';
import { again, twoStaff } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, finish } = casework(() => the);
afterAll(() => the.close());

/** Asks when signed in, and is answered where nobody has to weigh it. */
async function asks(person: Person, right: Right, more: Asks = {}): Promise<string> {
  const { key: subject, address } = person;
  const input = { right, channel: 'app', subject, address, text: 'Please.', asks: more } as const;
  const { _id } = await kept.requests.open(input);
  await finish();
  return _id;
}

async function decides(id: string, decision: RightDecision): Promise<void> {
  const { lead } = await twoStaff(kept);
  await kept.requests.decide(id, lead, decision);
  await finish();
}

const receiptOf = (id: string): Promise<AnswerReceipt> => answerReceiptOf(the, id);

describe('the signed receipt', () => {
  test('of a copy names the parts of the package by their sums, and whose manifest is in them', async () => {
    const ann = await somebody();
    for (const right of ['access', 'portability'] as const) {
      const id = await asks(ann, right);
      const receipt = await receiptOf(id);
      const made = await kept.packages.ofRequest(id);
      expect(receipt).toMatchObject({
        request: { right, receivedAt: the.clock.now().toISOString() },
        identity: { how: 'account' },
        outcome: 'fulfilled',
        claims: [
          {
            what: 'package-made',
            records: made?.records,
            files: made?.files,
            manifest: 'manifest.json',
            parts: made?.parts.map(({ number, sha256, bytes }) => ({ part: number, sha256, bytes })),
          },
        ],
        notClaimed: [expect.stringContaining('fetched')],
      });
      expect(says(receipt, [ann.address, ann.key, 'Mara'])).toEqual([]);
    }
  });

  test('of a withdrawal and an opt-out says which consents and purposes ended, and since when', async () => {
    const bea = await somebody();
    await kept.consents.give(bea.key, 'training', 'settings');
    the.clock.forward({ days: 1 });
    const withdrawn = await receiptOf(await asks(bea, 'withdraw-consent', { flags: ['training'] }));
    const [word] = (await kept.consents.history(bea.key)).filter(({ what }) => what === 'withdrawn');
    expect(withdrawn.claims).toEqual([
      { what: 'stopped', flags: [{ flag: 'training', since: word?.at.toISOString() }], purposes: [] },
    ]);
    const marketing = await receiptOf(await asks(bea, 'optout-marketing'));
    expect(marketing.claims).toMatchObject([{ purposes: [{ purpose: 'communication.announcement' }] }]);
  });

  test('of a restriction says on which ground it stands, and since when', async () => {
    const cid = await somebody();
    const receipt = await receiptOf(await asks(cid, 'restriction', { ground: 'needed-for-claims' }));
    expect(receipt.claims).toEqual([
      { what: 'restricted', ground: 'needed-for-claims', since: the.clock.now().toISOString() },
    ]);
  });

  test('of a correction names places and counts, and no value', async () => {
    const dan = await somebody();
    const id = await asks(dan, 'rectification');
    const corrections = [{ collection: 'users', field: 'name', value: 'Mara Lind' }];
    const statements = [{ collection: 'users', field: 'name', text: 'I never liked it.' }];
    await decides(id, { right: 'rectification', corrections, statements });
    const receipt = await receiptOf(id);
    expect(receipt).toMatchObject({
      decision: { role: 'lead', staff: (await twoStaff(kept)).lead },
      claims: [
        {
          what: 'corrected',
          places: [{ category: 'account.profile', collection: 'users', field: 'name', records: 1 }],
        },
        { what: 'noted', places: [{ collection: 'users', field: 'name' }] },
      ],
    });
    expect(says(receipt, ['Mara', 'liked', dan.key, dan.address])).toEqual([]);
  });

  test('of an objection says what ended and how the rest was weighed, without the reasons', async () => {
    const eve = await somebody();
    const id = await asks(eve, 'objection', { purposes: ['improvement.debugging', 'communication.announcement'] });
    const interests = 'Faults that everybody has are found.';
    const weighed = { purpose: 'improvement.debugging', outcome: 'overridden', article: 'Article 21(1) GDPR' } as const;
    await decides(id, { right: 'objection', balances: [{ ...weighed, interests, reasons: interests }] });
    const receipt = await receiptOf(id);
    expect(receipt.claims).toMatchObject([
      { what: 'stopped', flags: [], purposes: [{ purpose: 'communication.announcement' }] },
      { what: 'weighed', balances: [weighed] },
    ]);
    expect(says(receipt, ['Faults'])).toEqual([]);
  });

  test('of a refusal names ground, article and end; of a complaint its outcome and what was taken up anew', async () => {
    const fay = await somebody();
    const { lead } = await twoStaff(kept);
    const id = await asks(fay, 'erasure');
    await kept.requests.refuse(id, lead, {
      article: 'Article 17(3)(e) GDPR',
      reason: 'Fay has sued us.',
      until: '2027-01-01',
    });
    await finish();
    const receipt = await receiptOf(id);
    expect(receipt).toMatchObject({
      outcome: 'refused',
      decision: { staff: lead },
      claims: [{ what: 'refused', article: 'Article 17(3)(e) GDPR', until: '2027-01-01' }],
    });
    expect(says(receipt, ['sued', fay.key])).toEqual([]);

    const complaint = await asks(fay, 'complaint');
    await decides(complaint, { right: 'complaint', outcome: 'upheld', reason: 'Fay was right.' });
    const upheld = await receiptOf(complaint);
    expect(upheld.claims).toEqual([
      { what: 'contest-decided', outcome: 'upheld', contests: id, reopenedAs: `${complaint}-anew` },
    ]);
    expect(says(upheld, ['right.'])).toEqual([]);
  });

  test('names the last place of the evidence, in which all that it tells of stands', async () => {
    const id = await asks(await somebody(), 'optout-marketing');
    const { evidence } = await receiptOf(id);
    await kept.evidence.sequence();
    const entries = await kept.evidence.entries();
    expect(entries.find(({ seq }) => seq === evidence.seq)?.hash).toBe(evidence.hash);
    const told = entries.filter(
      (entry) => entry.aggregate.kind === 'requests' && entry.aggregate.id === id && entry.type !== 'AnswerSent',
    );
    expect(told.at(-1)).toMatchObject({ type: 'RightsRequestFulfilled' });
    expect(told.every(({ seq }) => seq <= evidence.seq)).toBe(true);
  });
});

describe('what is not so any more', () => {
  /** Another worker writes the chain: the answer waits for it, and what happens meanwhile is seen. */
  async function beforeTheAnswer(person: Person, happens: () => Promise<unknown>): Promise<AnswerReceipt> {
    await kept.evidence.sequence();
    const until = new Date(the.clock.now().getTime() + 60_000);
    const lease = { $set: { lease: { holder: 'another', until } } };
    await the.db.collection('kept_leases').updateOne({ _id: { $regex: ':evidence:' } } as object, lease);
    const id = await asks(person, 'objection', { purposes: ['communication.announcement'] });
    expect(await again(kept, id)).toMatchObject({ status: 'fulfilled' });
    expect(await again(kept, id)).not.toHaveProperty('answerSentAt');
    the.clock.forward({ minutes: 2 });
    await happens();
    await finish();
    return receiptOf(id);
  }

  test('is not claimed: where a copy was changed by somebody else, it is not called corrected', async () => {
    const ken = await somebody();
    const { lead } = await twoStaff(kept);
    const users = the.db.collection('users');
    const stands = (providerId: string): Promise<unknown> =>
      users.updateOne({ _id: ken.id }, { $set: { identities: [{ provider: 'gogle', providerId }] } });
    await stands('gogle');
    const id = await asks(ken, 'rectification');
    const corrections = [{ collection: 'users', field: 'identities[].provider', value: 'google' }];
    await kept.requests.decide(id, lead, { right: 'rectification', corrections });
    await stands('another');
    await finish();
    expect(await again(kept, id)).toMatchObject({ decision: { corrections: [{ places: [{}, {}] }] } });
    expect(await receiptOf(id)).toMatchObject({
      claims: [{ what: 'corrected', places: [{ field: 'identities[].provider', records: 1 }] }],
      notClaimed: [expect.stringContaining('users.identities[].providerId')],
    });
  });

  test('is not claimed: who said yes again since then is not told that it stopped', async () => {
    const [gus, hal] = [await somebody(), await somebody()];
    const taken = () => kept.objections.withdraw(gus.key, 'communication.announcement', 'settings');
    expect(await beforeTheAnswer(gus, taken)).toMatchObject({
      claims: [{ what: 'stopped', flags: [], purposes: [] }],
      notClaimed: [expect.stringContaining('communication.announcement')],
    });
    expect(await beforeTheAnswer(hal, async () => {})).toMatchObject({
      claims: [{ what: 'stopped', purposes: [{ purpose: 'communication.announcement' }] }],
      notClaimed: [],
    });
  });
});

test('who dies between signing and sending signs the very same bytes', async () => {
  const ida = await somebody();
  const dies = (): Promise<never> => Promise.reject(new Error('out of power'));
  const mortal = await the.restart({ data: { db: withAfterthought(the.db, 'kept_receipts', 'insertMany', dies) } });
  const { key: subject, address } = ida;
  const { _id } = await kept.requests.open({ right: 'restriction', channel: 'app', subject, address, text: 'Please.' });
  await mortal.requests.advance();
  const signed = await the.db.collection('kept_receipts').findOne({ _id } as object);
  expect(await again(kept, _id)).not.toHaveProperty('answerSentAt');

  the.clock.forward({ days: 1 });
  await finish();
  await receiptOf(_id);
  expect((await kept.requests.receipt(_id))?.text).toBe(signed?.text);
});
