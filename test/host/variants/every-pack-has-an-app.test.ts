import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import { variants } from '../../../examples/video-host/variants/index.ts';

const policies = new URL('../../../policies/', import.meta.url);
const packs = readdirSync(policies).filter((name) => existsSync(new URL(`${name}/policy.yaml`, policies)));

test('every pack has an app that lives under it', () => {
  expect(packs.length).toBeGreaterThan(1);
  expect(Object.keys(variants).sort()).toEqual([...packs].sort());
});

test.each(packs)(
  'the app of %s takes mail at the address of its notice, and keeps the renditions that its inventory names',
  async (pack) => {
    const variant = await variants[pack]?.();
    const { controller, inventory } = await loadPack(pack);
    expect(variant?.pack).toBe(pack);
    expect(variant?.supportAddress).toBe(controller.contact);
    expect([...(variant?.derived ?? [])].sort()).toEqual(
      [...new Set(inventory.files.flatMap((each) => each.derived))].sort(),
    );
  },
);
