import { expect, test } from '@jest/globals';
import { variants } from '../../../examples/video-host/variants/index.ts';
import { openVariant } from './openVariant.ts';

test.each(Object.keys(variants))(
  '%s, seeded and at work, holds nothing that its inventory does not know',
  async (pack) => {
    const variant = await variants[pack]?.();
    if (!variant) throw new Error(pack);
    const scene = await openVariant(variant);
    try {
      const { findings, looked } = await scene.kept.scan.run();
      expect(findings).toEqual([]);
      expect(looked.whole).toBe(true);
      expect(looked.people).toBeGreaterThan(2);
      expect(looked.models).toBe(scene.kept.policy.inventory.collections.length);
    } finally {
      await scene.close();
    }
  },
);
