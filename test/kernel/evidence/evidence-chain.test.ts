import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../../packages/core/src/kernel/evidence/canonical.ts';
import {
  type ChainedEvidence,
  chainEvidence,
  commit,
  GENESIS,
  verifyChain,
} from '../../../packages/core/src/kernel/evidence/chain.ts';
import { sha256, someChain, someEvents } from './scene.ts';

const SALT = 'c2FsdC1mb3ItYS10ZXN0LTE';

describe('a chain of evidence', () => {
  test('is whole as it was written, and ends in the head that the next entry builds on', () => {
    const entries = someChain(5);
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(verifyChain(entries, sha256)).toEqual({ ok: true, head: { seq: 5, hash: entries[4]?.hash } });
  });

  test('is the same whether it is written at once or in groups', () => {
    const events = someEvents(5);
    const first = chainEvidence(GENESIS, events.slice(0, 2), sha256);
    const head = { seq: 2, hash: String(first[1]?.hash) };
    expect([...first, ...chainEvidence(head, events.slice(2), sha256)]).toEqual(someChain(5));
  });

  test('can be verified from any head on', () => {
    const entries = someChain(5);
    const from = { seq: 3, hash: String(entries[2]?.hash) };
    expect(verifyChain(entries.slice(3), sha256, from).ok).toBe(true);
    expect(verifyChain(entries.slice(3), sha256)).toEqual({ ok: false, brokenAt: 1, why: 'gap' });
  });

  test('without entries ends where it began', () => {
    expect(verifyChain([], sha256)).toEqual({ ok: true, head: GENESIS });
  });

  test('hashes the canonical form of an entry, so that others can check it', () => {
    for (const { hash, ...unhashed } of someChain(3)) expect(sha256(canonical(unhashed))).toBe(hash);
  });

  test('refuses half a character, which no canonical form can hold', () => {
    const [event] = someEvents(1).map((event) => ({ ...event, id: '\ud83d' }));
    expect(() => chainEvidence(GENESIS, event ? [event] : [], sha256)).toThrow(
      expect.objectContaining({ code: 'CANONICAL_INVALID' }),
    );
  });
});

describe('a changed chain is found at the first place that is not as it was written', () => {
  const damaged = (change: (entries: ChainedEvidence[]) => ChainedEvidence[]) =>
    verifyChain(change(someChain(6)), sha256);

  test('an edited entry', () => {
    const edit = (entries: ChainedEvidence[]) =>
      entries.with(2, { ...(entries[2] as ChainedEvidence), type: 'Nothing' });
    expect(damaged(edit)).toEqual({ ok: false, brokenAt: 3, why: 'edited' });
  });
  test('an edited entry that was hashed anew', () => {
    const rehash = (entries: ChainedEvidence[]) => {
      const third = entries[2] as ChainedEvidence;
      const head = { seq: 2, hash: third.prev };
      return entries.toSpliced(2, 1, ...chainEvidence(head, [{ ...third, type: 'Nothing' }], sha256));
    };
    expect(damaged(rehash)).toEqual({ ok: false, brokenAt: 4, why: 'unlinked' });
  });
  test('a removed entry', () => {
    expect(damaged((entries) => entries.toSpliced(2, 1))).toEqual({ ok: false, brokenAt: 3, why: 'gap' });
  });
  test('a removed entry whose followers were renumbered', () => {
    const closeUp = (entries: ChainedEvidence[]) =>
      entries.toSpliced(2, 1).map((entry, index) => ({ ...entry, seq: index + 1 }));
    expect(damaged(closeUp)).toEqual({ ok: false, brokenAt: 3, why: 'unlinked' });
  });
  test('two entries that changed places', () => {
    const swap = ([a, b, c, ...rest]: ChainedEvidence[]) => [a, c, b, ...rest] as ChainedEvidence[];
    expect(damaged(swap)).toEqual({ ok: false, brokenAt: 2, why: 'gap' });
  });
  test('an entry that stands twice', () => {
    const twice = (entries: ChainedEvidence[]) => entries.toSpliced(2, 0, entries[1] as ChainedEvidence);
    expect(damaged(twice)).toEqual({ ok: false, brokenAt: 3, why: 'duplicate' });
  });
  test('an entry of another partition', () => {
    const mix = (entries: ChainedEvidence[]) =>
      entries.with(3, { ...(entries[3] as ChainedEvidence), partition: 'other' });
    expect(damaged(mix)).toEqual({ ok: false, brokenAt: 4, why: 'foreign' });
  });
  test('a cut tail shows against an anchor, and only there', () => {
    const entries = someChain(6);
    const anchor = { seq: 6, hash: String(entries[5]?.hash) };
    expect(verifyChain(entries.slice(0, 4), sha256).ok).toBe(true);
    expect(verifyChain(entries.slice(0, 4), sha256, GENESIS, [anchor])).toEqual({
      ok: false,
      brokenAt: 5,
      why: 'truncated',
    });
  });
  test('a chain that was written anew as a whole shows against an anchor', () => {
    const anchor = { seq: 4, hash: String(someChain(6)[3]?.hash) };
    const other = chainEvidence(
      GENESIS,
      someEvents(6).map((event) => ({ ...event, type: 'Nothing' })),
      sha256,
    );
    expect(verifyChain(other, sha256).ok).toBe(true);
    expect(verifyChain(other, sha256, GENESIS, [anchor])).toEqual({ ok: false, brokenAt: 4, why: 'forked' });
    expect(verifyChain(someChain(6), sha256, GENESIS, [anchor]).ok).toBe(true);
  });

  test('any single change of any value of any entry', () => {
    const places = [
      'id',
      'partition',
      'at',
      'type',
      'commitment',
      'seq',
      'prev',
      'hash',
      'aggregate.kind',
      'aggregate.id',
    ];
    const another = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant(undefined), fc.boolean());
    fc.assert(
      fc.property(fc.nat(5), fc.constantFrom(...places), another, (index, place, value) => {
        const entries = structuredClone(someChain(6)) as unknown as Record<string, Record<string, unknown>>[];
        const [outer = '', inner] = place.split('.');
        const target = (inner ? entries[index]?.[outer] : entries[index]) as Record<string, unknown>;
        fc.pre(target[inner ?? outer] !== value);
        target[inner ?? outer] = value;
        expect(verifyChain(entries as unknown as ChainedEvidence[], sha256).ok).toBe(false);
      }),
    );
  });

  test('any order but the one in which it was written', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 2 });
    fc.assert(
      fc.property(order, (order) => {
        fc.pre(order.some((entry, index) => entry !== index));
        const entries = order.map((index) => someChain(6)[index] as ChainedEvidence);
        expect(verifyChain(entries, sha256).ok).toBe(false);
      }),
    );
  });
});

describe('details lie behind a salted commitment', () => {
  const details = { address: 'ann@example.com', count: 3 };

  test('that is the same for the same details and salt, and another for other ones', () => {
    const commitment = commit(details, SALT, sha256);
    expect(commit({ count: 3, address: 'ann@example.com' }, SALT, sha256)).toBe(commitment);
    expect(commit({ ...details, count: 4 }, SALT, sha256)).not.toBe(commitment);
    expect(commit(details, `${SALT}x`, sha256)).not.toBe(commitment);
  });
  test('that holds nothing of them once they and the salt are scrubbed: the chain stays whole', () => {
    const entries = chainEvidence(
      GENESIS,
      someEvents(2).map((event) => ({ ...event, commitment: commit(details, SALT, sha256) })),
      sha256,
    );
    expect(JSON.stringify(entries)).not.toContain('ann');
    expect(verifyChain(entries, sha256).ok).toBe(true);
  });
  test('a short salt is refused, since the details could be guessed', () => {
    expect(() => commit(details, '1234', sha256)).toThrow(expect.objectContaining({ code: 'SALT_INVALID' }));
  });
});
