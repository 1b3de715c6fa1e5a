import { loadPack, type Policy } from '@kept/core';
import mongoose from 'mongoose';
import type { EgressRule } from '../../../packages/core/src/kernel/policy/egressRule.ts';
import type { Scene } from '../../support/scene.ts';

const { ObjectId } = mongoose.mongo;

/** A pack whose allow-list of one recipient is changed. */
export async function withEgress(pack: string, change: Partial<EgressRule>): Promise<Policy> {
  const policy = await loadPack(pack);
  const { egress = [] } = policy.inventory;
  return { ...policy, inventory: { ...policy.inventory, egress: egress.map((rule) => ({ ...rule, ...change })) } };
}

/** Somebody with an account, an order, an API key and a name, whose values must not leave. */
export async function mara({ db, clock }: Scene): Promise<{ subject: string; payment: string }> {
  const _id = new ObjectId();
  const payment = new ObjectId();
  await db.collection('users').insertOne({
    _id,
    email: 'mara.keller@example.org',
    name: 'Mara Keller',
    avatar: 'avatars/65f0c0ffee.png',
    identities: [{ provider: 'google', email: 'Mara@provider.test', providerId: '108234567890123456789' }],
    country: 'DE',
    birthYear: 1990,
    createdAt: clock.now(),
  });
  await db.collection('payments').insertOne({
    _id: payment,
    userId: _id,
    processor: 'creem',
    processorRef: 'ch_9fk2Lm31',
    status: 'paid',
    amount: 1900,
    currency: 'EUR',
    invoiceNumber: 'INV-2026-0042',
    last4: '4242',
    paidAt: clock.now(),
  });
  return { subject: String(_id), payment: String(payment) };
}
