import { describe, expect, test } from '@jest/globals';
import type { AnchoredHead } from '../../packages/core/src/adapters/anchor/anchoredHead.ts';
import type { Anchor } from '../../packages/core/src/engine/ports/edges.ts';

export const aHead = (seq: number, changes: Partial<AnchoredHead> = {}): AnchoredHead => ({
  service: 'sdance-ai',
  partition: '2026-03',
  seq,
  hash: `${seq}`.padStart(64, '0'),
  at: '2026-03-02T09:00:00.000Z',
  keyId: '0123456789abcdef',
  signature: 's'.repeat(86),
  ...changes,
});

/** What every anchor must keep. `again` opens the same one anew. */
export function anchorContract(kind: string, open: () => Promise<{ anchor: Anchor; again?: () => Anchor }>): void {
  describe(`an anchor: ${kind}`, () => {
    test('knows nothing at first', async () => {
      expect(await (await open()).anchor.last('sdance-ai', '2026-03')).toBeUndefined();
    });

    test('tells the last head of each service and partition apart', async () => {
      const { anchor, again } = await open();
      await anchor.write(aHead(3));
      await anchor.write(aHead(9, { partition: '2026-04' }));
      await anchor.write(aHead(5, { service: 'seedance25' }));
      await anchor.write(aHead(7));

      for (const one of [anchor, again?.() ?? anchor]) {
        expect(await one.last('sdance-ai', '2026-03')).toMatchObject({
          seq: 7,
          hash: aHead(7).hash,
          signature: aHead(7).signature,
        });
        expect(await one.last('sdance-ai', '2026-04')).toMatchObject({ seq: 9 });
        expect(await one.last('seedance25', '2026-03')).toMatchObject({ seq: 5 });
      }
    });

    test('the same head twice is no error', async () => {
      const { anchor } = await open();
      await anchor.write(aHead(3));
      await anchor.write(aHead(3, { at: '2026-03-02T10:00:00.000Z' }));

      expect(await anchor.last('sdance-ai', '2026-03')).toMatchObject({ seq: 3, at: '2026-03-02T09:00:00.000Z' });
    });

    test('a chain that was cut or rewritten cannot anchor over its own history', async () => {
      const { anchor, again } = await open();
      await anchor.write(aHead(7));

      for (const one of [anchor, again?.() ?? anchor])
        for (const bad of [aHead(6), aHead(7, { hash: 'f'.repeat(64) })])
          await expect(one.write(bad)).rejects.toMatchObject({ code: 'ANCHOR_CONFLICT' });
      expect(await anchor.last('sdance-ai', '2026-03')).toMatchObject({ seq: 7, hash: aHead(7).hash });
    });
  });
}
