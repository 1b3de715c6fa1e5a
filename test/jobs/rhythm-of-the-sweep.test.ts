import { expect, test } from '@jest/globals';
import { sweepRetention } from '../../jobs/src/sweepRetention.ts';
import { SWEEP_EVERY_MS } from '../../packages/core/src/engine/retention/sweep.ts';

test('the job runs as often as the sweep believes, or ceilings would be broken', () => {
  expect(sweepRetention.every).toBe(`${SWEEP_EVERY_MS / 3_600_000} hours`);
});
