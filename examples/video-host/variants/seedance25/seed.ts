import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { simulatedIdentityProvider } from '../../src/account/simulatedIdentityProvider.ts';
import { tokenHash } from '../../src/account/token.ts';
import { bytesOf, type Media, thumbnailOf } from '../../src/media/media.ts';
import { renderPicture } from '../../src/media/renderClip.ts';
import { storedPassword } from '../../src/seed/storedPasswords.ts';
import type { Seeded, Variant } from '../../src/variant.ts';
import { simulatedModel } from '../../src/videos/simulatedModel.ts';
import { cast, passersBy, type Role, type Scene } from './cast.ts';
import { deviceOf } from './deviceLog.ts';
import { modelName } from './makeCreation.ts';
import { type MediaKind, type Models, modelsOn } from './models.ts';
import { offers, orderOf } from './orders.ts';

const day = 86_400_000;
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/** An id that is the same on every run. */
const idOf = (label: string): Types.ObjectId =>
  new Types.ObjectId(createHash('sha256').update(`seedance25 ${label}`).digest('hex').slice(0, 24));

interface Stage {
  readonly models: Models;
  readonly media: Media;
  /** So many days before now. */
  ago(days: number): Date;
}

/** Fills an empty site with people, what they made and how they came. */
export const seed: Variant['seed'] = async ({ connection, media, now }): Promise<Seeded> => {
  const stage: Stage = { models: modelsOn(connection), media, ago: (days) => new Date(now.getTime() - days * day) };
  const people: Record<string, Seeded['people'][string]> = {};
  for (const role of cast) {
    const email = `${role.key}@example.org`;
    await enter(stage, role, email);
    await buy(stage, role);
    for (const scene of role.scenes) await make(stage, role, scene);
    people[role.key] = { id: String(idOf(role.key)), email, ...(role.password && { password: role.password }) };
  }
  for (const [place, visit] of passersBy.entries()) await visitFirst(stage, `passer-by ${place}`, visit.age, visit);
  return { people, protagonist: 'lina' };
};

async function enter(stage: Stage, role: Role, email: string): Promise<void> {
  const { models, media, ago } = stage;
  const { key, source, joinedAge } = role;
  const _id = idOf(key);
  const direct = source === 'direct';
  const avatar = `avatars/${_id}.gif`;
  if (!direct) await media.put(avatar, renderPicture(`${source} picture of ${key}`));
  const { providerId } = simulatedIdentityProvider(source, email);
  const subscribed = role.orders?.some(({ offer }) => offer === 'monthly') ?? false;
  await models.users.create({
    _id,
    email,
    name: role.name,
    ...(!direct && { avatar }),
    identities: direct ? [] : [{ provider: source, providerId, email }],
    sources: { email: source, name: source, ...(!direct && { avatar: source }) },
    ...(role.password && { passwordHash: await storedPassword(role.password) }),
    ...(role.country && { country: role.country }),
    plan: subscribed ? 'monthly' : 'free',
    planStatus: subscribed ? 'active' : 'none',
    ...(subscribed && { planEndsAt: ago(-20) }),
    createdAt: ago(joinedAge),
    seenAt: ago(Math.min(...role.seen)),
    ...(role.closedAge && { closedAt: ago(role.closedAge) }),
  });
  await models.creditEntries.create({ userId: _id, amount: 10, reason: 'welcome', createdAt: ago(joinedAge) });
  if (role.campaign) await visitFirst(stage, key, joinedAge, { campaign: role.campaign, userId: _id });
  for (const [at, age] of role.seen.entries()) {
    const ip = `198.51.100.${10 + cast.indexOf(role)}`;
    const region = role.country ?? 'NL';
    await models.deviceLogs.create({ userId: _id, at: ago(age), ip, ...deviceOf(browser), region });
    if (age >= 30 || role.closedAge) continue;
    const session = { userId: _id, tokenHash: tokenHash(`${key} ${at}`), ip, userAgent: browser };
    await models.sessions.create({ ...session, createdAt: ago(age), seenAt: ago(age) });
  }
}

async function visitFirst(
  { models, ago }: Stage,
  label: string,
  age: number,
  from: { campaign?: string; userId?: Types.ObjectId },
): Promise<void> {
  const { campaign: source, userId } = from;
  await models.firstVisits.create({
    tokenHash: tokenHash(`first visit of ${label}`),
    ...(userId && { userId }),
    at: ago(age),
    ...(source === 'search' && { referrer: 'https://search.example/results' }),
    campaign: source ? { source } : {},
    country: 'NL',
  });
}

async function buy({ models, ago }: Stage, role: Role): Promise<void> {
  const userId = idOf(role.key);
  for (const { age, offer: name } of role.orders ?? []) {
    const offer = offers[name];
    if (!offer) continue;
    const paymentId = idOf(`${role.key} order ${age}`);
    await models.orders.create(orderOf(paymentId, offer, userId, ago(age)));
    const entry = { amount: offer.credits, reason: 'purchase', paymentId } as const;
    await models.creditEntries.create({ userId, ...entry, createdAt: ago(age) });
    await models.interactions.create({ userId, feature: `buy ${name}`, at: ago(age) });
  }
}

async function make({ models, media, ago }: Stage, { key }: Role, scene: Scene): Promise<void> {
  const { prompt, kind, age, from } = scene;
  const userId = idOf(key);
  const _id = idOf(`${key}.${scene.key}`);
  const reference = from && { file: `references/${_id}.${endings[from]}`, kind: from };
  if (reference && from) await media.put(reference.file, uploads[from](prompt));
  const clip = simulatedModel(prompt, reference && (await bytesOf(media, reference.file)));
  const output = `outputs/${_id}.gif`;
  await media.put(output, kind === 'video' ? clip.video : clip.thumbnail);
  await media.put(thumbnailOf(output), clip.thumbnail);
  await models.generations.create({
    _id,
    userId,
    prompt,
    kind,
    model: modelName,
    references: reference ? [reference] : [],
    outputs: [{ file: output }],
    createdAt: ago(age),
  });
  await models.creditEntries.create({ userId, amount: -1, reason: 'generation', createdAt: ago(age) });
  await models.interactions.create({ userId, feature: `create ${kind}`, at: ago(age) });
}

const endings: Readonly<Record<MediaKind, string>> = { image: 'gif', video: 'mp4', audio: 'mp3' };

/** Uploads by their first bytes: what stands behind these is no film and no song. */
const uploads: Readonly<Record<MediaKind, (motif: string) => Buffer>> = {
  image: (motif) => renderPicture(`picture for ${motif}`),
  video: (motif) => Buffer.from(`\0\0\0\x18ftypisom ${motif}`),
  audio: (motif) => Buffer.from(`ID3 ${motif}`),
};
