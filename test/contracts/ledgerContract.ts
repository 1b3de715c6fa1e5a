import { describe, expect, test } from '@jest/globals';
import type { Ledger, LedgerEntry } from '../../packages/core/src/engine/ports/edges.ts';

export const anEntry = (id: string): LedgerEntry => ({
  id,
  at: '2026-03-02T09:00:00.000Z',
  kind: 'erasure',
  service: 'sdance-ai',
  subject: 'c'.repeat(64),
  addresses: ['a'.repeat(64)],
});

/** What every ledger must keep. `again` opens the same one anew, as another process would. */
export function ledgerContract(kind: string, open: () => Promise<{ ledger: Ledger; again?: () => Ledger }>): void {
  describe(`a ledger: ${kind}`, () => {
    test('is empty at first', async () => {
      expect(await (await open()).ledger.entries()).toEqual([]);
    });

    test('keeps entries in the order in which they came, whole', async () => {
      const { ledger, again } = await open();
      const entries = [anEntry('b'), { ...anEntry('a'), detail: 'line\nbreak and ünïcode \u2028' }, anEntry('c')];

      for (const entry of entries) await ledger.append(entry);

      expect(await ledger.entries()).toEqual(entries);
      if (again) expect(await again().entries()).toEqual(entries);
    });

    test('writing the same id twice changes nothing, not even with other words', async () => {
      const { ledger, again } = await open();
      await ledger.append(anEntry('a'));

      await ledger.append({ ...anEntry('a'), kind: 'hold' });
      await again?.().append({ ...anEntry('a'), kind: 'hold' });

      expect(await ledger.entries()).toEqual([anEntry('a')]);
    });

    test('loses none and doubles none of many that are written at once', async () => {
      const { ledger, again } = await open();
      const other = again?.() ?? ledger;
      const ids = Array.from({ length: 20 }, (_, n) => `entry-${n}`);

      await Promise.all(ids.flatMap((id) => [ledger.append(anEntry(id)), other.append(anEntry(id))]));

      expect((await ledger.entries()).map(({ id }) => id).sort()).toEqual([...ids].sort());
    });

    test('what was handed out or handed over cannot be changed afterwards', async () => {
      const { ledger } = await open();
      const entry = { ...anEntry('a') };
      await ledger.append(entry);
      entry.service = 'changed';

      expect(await ledger.entries()).toEqual([anEntry('a')]);
    });
  });
}
