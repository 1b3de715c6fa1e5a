import { expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import { objectedTo } from '../../../packages/core/src/kernel/objection/objectedTo.ts';

test('a purpose that waits for a consent ends at once, and a narrower one with a ground of its own is weighed', async () => {
  const policy = await loadPack('seedance25');
  expect(objectedTo(policy, ['analytics', 'improvement'])).toEqual({
    atOnce: ['analytics'],
    weighed: ['analytics.acquisition', 'analytics.usage', 'improvement'],
  });
  expect(objectedTo(policy, ['analytics.usage'])).toEqual({ atOnce: [], weighed: ['analytics.usage'] });
});
