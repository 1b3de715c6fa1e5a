import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { tokenHash } from '../../src/account/token.ts';
import { thumbnailOf } from '../../src/media/media.ts';
import { renderPicture } from '../../src/media/renderClip.ts';
import type { Seeded, SeededPerson, Variant } from '../../src/variant.ts';
import { simulatedModel, simulatedModelName } from '../../src/videos/simulatedModel.ts';
import { centsOfUnit, simulatedStripe, unitsOfVideo } from './bill.ts';
import { type Models, modelsOn } from './models.ts';

/** Ages are in days before the day it is seeded. */
interface Order {
  readonly prompt: string;
  readonly age: number;
  readonly deliveredAge?: number;
  readonly withImage?: boolean;
  /** Attempts by webhook that failed. */
  readonly failed?: number;
}

interface Role {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly country: string;
  readonly joinedAge: number;
  readonly closedAge?: number;
  readonly webhookUrl?: string;
  readonly ip: string;
  /** One call a day on these days before. */
  readonly calls: readonly number[];
  readonly bills: readonly { readonly age: number; readonly units: number }[];
  readonly orders: readonly Order[];
}

const hour = 1 / 24;
const everyThirdDay = Array.from({ length: 58 }, (_, at) => 1 + at * 3);

/** Nothing of it is older than the policy allows on the day of seeding, as if it had been kept all along. */
const cast: readonly Role[] = [
  {
    key: 'wren',
    name: 'Wren Halloran',
    email: 'wren@studio.example.org',
    country: 'IE',
    joinedAge: 190,
    webhookUrl: 'https://studio.example.org/videos',
    ip: '198.51.100.21',
    calls: everyThirdDay,
    bills: [
      { age: 150, units: 45 },
      { age: 90, units: 60 },
      { age: 30, units: 55 },
    ],
    orders: [
      { prompt: 'A ferry that leaves without its shadow', age: 0.5, deliveredAge: 10 * hour, withImage: true },
      { prompt: 'Chalk cliffs redrawn by the tide', age: 2 * hour, deliveredAge: hour },
      { prompt: 'A choir of radiators at dawn', age: 3, failed: 7, withImage: true },
    ],
  },
  {
    key: 'teo',
    name: 'Teo Rinaldi',
    email: 'teo@example.net',
    country: 'IT',
    joinedAge: 20,
    ip: '203.0.113.5',
    calls: [1, 2, 5, 9, 14],
    bills: [],
    orders: [
      { prompt: 'Bread rising over a valley', age: 6 },
      { prompt: 'A bicycle learns to swim', age: 0.25 },
    ],
  },
  {
    key: 'noor',
    name: 'Noor van Dam',
    email: 'noor@example.net',
    country: 'NL',
    joinedAge: 120,
    ip: '203.0.113.77',
    calls: [3, 29, 31, 88, 91, 119],
    bills: [{ age: 31, units: 30 }],
    orders: [{ prompt: 'Dikes of felt, seas of silk', age: 0.2, deliveredAge: 3 * hour, withImage: true }],
  },
  {
    key: 'ilse',
    name: 'Ilse Brandt',
    email: 'ilse@example.net',
    country: 'DE',
    joinedAge: 80,
    closedAge: 6 * hour,
    ip: '192.0.2.140',
    calls: [8, 40],
    bills: [{ age: 40, units: 10 }],
    orders: [{ prompt: 'A lighthouse made of paper', age: 1 }],
  },
];

const day = 86_400_000;
/** The policy's periods for what logs hold, by age in days. */
const auditLasts = 90;
const debuggingLasts = 30;

/** An id that is the same on every run. */
const idOf = (label: string): Types.ObjectId =>
  new Types.ObjectId(createHash('sha256').update(`seedance-api ${label}`).digest('hex').slice(0, 24));

export const seed: Variant['seed'] = async ({ connection, media, now }): Promise<Seeded> => {
  const models = modelsOn(connection);
  const ago = (days: number): Date => new Date(now.getTime() - days * day);
  const people: Record<string, SeededPerson> = {};

  for (const role of cast) {
    const userId = idOf(role.key);
    await register(models, role, userId, ago);
    await models.apiLogs.insertMany(role.calls.map((age, at) => ({ userId, ...call(role, age, at), at: ago(age) })));
    for (const { age, units } of role.bills) {
      const order = idOf(`${role.key} bill ${age}`);
      const paid = { units, amount: units * centsOfUnit, currency: 'EUR', country: role.country, paidAt: ago(age) };
      await models.payments.create({ _id: order, userId, ...simulatedStripe(String(order)), ...paid });
    }
    for (const order of role.orders) await make(role, userId, order);
    people[role.key] = { id: String(userId), email: role.email };
  }
  return { people, protagonist: 'wren' };

  async function make(role: Role, userId: Types.ObjectId, order: Order): Promise<void> {
    const _id = idOf(`${role.key} ${order.prompt}`);
    const image = order.withImage ? renderPicture(`picture for ${order.prompt}`) : undefined;
    const clip = simulatedModel(order.prompt, image);
    const [output, reference] = [`outputs/${_id}.gif`, `references/${_id}.gif`];
    if (image) await media.put(reference, image);
    await media.put(output, clip.video);
    await media.put(thumbnailOf(output), clip.thumbnail);
    await models.generations.create({
      _id,
      userId,
      prompt: order.prompt,
      model: simulatedModelName,
      references: image ? [{ file: reference }] : [],
      outputs: [{ file: output }],
      createdAt: ago(order.age),
      ...(order.deliveredAge !== undefined && { deliveredAt: ago(order.deliveredAge) }),
    });
    const attempts = Array.from({ length: order.failed ?? 0 }, (_, at) => ({
      at: ago(order.age - at * hour),
      status: 503,
    }));
    if (order.deliveredAge !== undefined) attempts.push({ at: ago(order.deliveredAge), status: 200 });
    await models.deliveries.insertMany(
      attempts.map((attempt) => ({ userId, generationId: _id, way: 'webhook', latencyMs: 120, ...attempt })),
    );
  }
};

async function register(
  models: Models,
  role: Role,
  userId: Types.ObjectId,
  ago: (days: number) => Date,
): Promise<void> {
  const { key, name, email, country, webhookUrl, closedAge, joinedAge } = role;
  await models.users.create({
    _id: userId,
    name,
    email,
    country,
    ...(webhookUrl && { webhookUrl }),
    createdAt: ago(joinedAge),
    ...(closedAge !== undefined && { closedAt: ago(closedAge) }),
  });
  // Nobody has the key to this hash, so nobody can use it.
  const stored = { hash: tokenHash(`${key} key`), last4: idOf(`${key} key`).toHexString().slice(-4) };
  await models.apiKeys.create({
    _id: idOf(`${key} key`),
    userId,
    name: 'first key',
    ...stored,
    createdAt: ago(joinedAge),
  });
}

/** A call as it is still there at that age. */
function call({ ip }: Role, age: number, at: number): object {
  const ordered = at % 3 === 0;
  return {
    endpoint: ordered ? 'POST /v1/videos' : 'GET /v1/videos/:id',
    units: ordered ? unitsOfVideo : 0,
    ...(age < debuggingLasts && { status: ordered ? 201 : 200, latencyMs: 30 + ((at * 37) % 160) }),
    ...(age < auditLasts && { ip }),
  };
}
