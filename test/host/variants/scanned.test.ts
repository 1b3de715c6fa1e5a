import { describe, expect, test } from '@jest/globals';
import { variants } from '../../../examples/video-host/variants/index.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

/** The promise that no card number is stored. */
const clauses: Readonly<Record<string, string>> = { seedream4: 'seedream4.collects.payment' };
const clauseOf = (pack: string): string => clauses[pack] ?? `${pack}.never.card-number`;
const packs = Object.keys(variants).map((pack) => [pack, clauseOf(pack)]);

async function opened(pack: string, use: (scene: VariantScene) => Promise<void>): Promise<void> {
  const variant = await variants[pack]?.();
  if (!variant) throw new Error(`There is no ${pack}`);
  const scene = await openVariant(variant);
  try {
    await use(scene);
  } finally {
    await scene.close();
  }
}

describe('a scan of each app', () => {
  test.each(packs)('%s, seeded, holds nothing that its inventory does not know', (pack) =>
    opened(pack, async ({ kept }) => {
      const { findings, looked } = await kept.scan.run();
      expect(findings).toEqual([]);
      expect(looked.whole).toBe(true);
      expect(looked.people).toBeGreaterThan(2);
      expect(looked.models).toBe(kept.policy.inventory.collections.length);
    }),
  );

  test.each(packs)(
    '%s: card numbers planted past the gates are found in every collection, nested and in free text, look-alikes are not (part of %s)',
    (pack, clause) =>
      opened(pack, async ({ kept, connection }) => {
        const names = kept.policy.inventory.collections.map(({ name }) => name);
        const plant = (card: string): Promise<unknown> => {
          const $set = { remark: `pay with ${card}, thanks`, list: [{ deep: { card: card.replaceAll(' ', '') } }] };
          return Promise.all(
            names.map((name) => connection.db?.collection(name).updateOne({}, { $set }, { upsert: true })),
          );
        };
        const found = async (): Promise<string[]> =>
          (await kept.scan.run()).findings
            .filter(({ code }) => code === 'CARD_NUMBER_STORED')
            .map(({ where, count, clause: of }) => `${where} ${count} ${of}`);

        // The checksum fails.
        await plant('4111 1111 1111 1112');
        expect(await found()).toEqual([]);
        await plant('4111 1111 1111 1111');
        expect(await found()).toEqual(
          names.flatMap((name) => [`${name}.list[].deep.card 1 ${clause}`, `${name}.remark 1 ${clause}`]).sort(),
        );
      }),
  );
});
