import { expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import { passBody } from '../../../packages/core/src/engine/egress/passBody.ts';
import type { Disclosure } from '../../../packages/core/src/engine/keptEgress.ts';
import type { Finding } from '../../../packages/core/src/engine/stored.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { memoryWorld } from './memoryWorld.ts';

const policy = await loadPack('sdance-ai');
const pass = (world: World, recipient = 'fal-ai'): Promise<unknown> =>
  passBody(world, recipient, { subject: 'u-1', generation: 'g-1' }, { prompt: 'a boat' });

const away = async (): Promise<never> => {
  throw new Error('the database is away');
};

test('while it cannot be known what must not leave, nothing does, and that is on record', async () => {
  const world = memoryWorld(policy, away);
  await expect(pass(world)).rejects.toMatchObject({
    code: 'EGRESS_REFUSED',
    outcome: 'undetermined',
    missing: ['facts'],
  });
  const [refused] = await world.records.collection<Disclosure>('disclosures').find({});
  expect(refused).toMatchObject({
    outcome: 'refused',
    fields: [],
    because: [expect.objectContaining({ rule: 'facts' })],
  });
  const findings = await world.records.collection<Finding>('findings').find({});
  expect(findings.map(({ code }) => code).sort()).toEqual(['DISCLOSURE_REFUSED', 'FACTS_NOT_LOADED']);
});

test('while nothing is known of the person, nothing leaves', async () => {
  const world = memoryWorld(policy, async () => []);
  const unknown = { ...world, data: { ...world.data, profilesOf: away } };
  await expect(pass(unknown)).rejects.toMatchObject({ code: 'EGRESS_REFUSED', outcome: 'undetermined' });
});

test('what cannot be put on record does not leave', async () => {
  const world = memoryWorld(policy, async () => []);
  const records: World['records'] = {
    ...world.records,
    collection: (name) =>
      ({ ...world.records.collection(name), ...(name === 'disclosures' && { insert: away }) }) as never,
  };
  await expect(pass({ ...world, records })).rejects.toThrow('away');
});

function withProvider(change: object): Policy {
  return {
    ...policy,
    recipients: policy.recipients.map((each) => {
      const { terms: _, agreement: _a, ...rest } = each;
      return each.name === 'fal-ai' ? { ...rest, ...change } : each;
    }),
  };
}

test('a provider whose terms or agreement are not on record gets nothing (part of seedance25.recipient.ai-provider-terms)', async () => {
  const agreement = { reference: 'DPA-1', signed: '2026-01-12', expires: '2030-12-31' };
  const terms = 'https://fal.test/terms';
  const gate = (change: object): Promise<unknown> =>
    pass(memoryWorld(withProvider({ needs: ['generation-id', 'terms'], ...change }), async () => []));
  await expect(gate({ agreement })).rejects.toMatchObject({
    because: [expect.objectContaining({ text: 'the terms of fal are not on record' })],
  });
  await expect(gate({ terms })).rejects.toMatchObject({
    because: [expect.objectContaining({ text: 'no agreement is on record' })],
  });
  expect(await gate({ terms, agreement })).toEqual({ prompt: 'a boat' });
});

test('a provider that may train on what it gets gets nothing without that consent (part of sdance-ai.never.training-without-consent)', async () => {
  const trains = { ...policy, recipients: policy.recipients.map((each) => ({ ...each, trainsOnData: true })) };
  await expect(pass(memoryWorld(trains, async () => []))).rejects.toMatchObject({
    because: [expect.objectContaining({ rule: 'consents.provider-training' })],
  });
});
