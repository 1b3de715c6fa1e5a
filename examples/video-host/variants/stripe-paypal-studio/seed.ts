import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { tokenHash } from '../../src/account/token.ts';
import { thumbnailOf } from '../../src/media/media.ts';
import { renderPicture } from '../../src/media/renderClip.ts';
import { storedPassword } from '../../src/seed/storedPasswords.ts';
import type { Seeded, SeededPerson, Variant } from '../../src/variant.ts';
import { simulatedModel } from '../../src/videos/simulatedModel.ts';
import { cast, type Role, type Work } from './cast.ts';
import { modelsOn } from './models.ts';
import { simulatedProcessor } from './simulatedProcessor.ts';

const day = 86_400_000;

/** An id that is the same on every run. */
export const idOf = (label: string): Types.ObjectId =>
  new Types.ObjectId(createHash('sha256').update(`studio ${label}`).digest('hex').slice(0, 24));

/** Fills an empty studio with a few people and what they made, records and files, the same on every run but for the dates. */
export const seed: Variant['seed'] = async ({ connection, media, now }): Promise<Seeded> => {
  const models = modelsOn(connection);
  const ago = (days: number): Date => new Date(now.getTime() - days * day);
  const people: Record<string, SeededPerson> = {};
  for (const role of cast) {
    people[role.key] = await enter(role);
    for (const work of role.works) await make(role, work);
  }
  return { people, protagonist: 'mara' };

  async function enter({ key, email, name, plan, password, joinedAge, ...role }: Role): Promise<SeededPerson> {
    const userId = idOf(key);
    await models.users.create({
      _id: userId,
      email,
      name,
      plan,
      passwordHash: await storedPassword(password),
      ...(role.downgradedAge !== undefined && { downgradedAt: ago(role.downgradedAge) }),
      createdAt: ago(joinedAge),
      seenAt: ago(role.closedAge ?? role.seenAge),
      ...(role.closedAge !== undefined && { closedAt: ago(role.closedAge) }),
    });
    for (const { processor, age } of role.paid ?? []) {
      const _id = idOf(`${key} payment ${age}`);
      const told = simulatedProcessor(processor, String(_id), email);
      await models.payments.create({ _id, userId, ...told, paidAt: ago(age) });
    }
    const from = { ip: role.ip, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' };
    if (role.closedAge === undefined) {
      const dates = { createdAt: ago(role.seenAge + 3), seenAt: ago(role.seenAge) };
      await models.sessions.create({ userId, tokenHash: tokenHash(`${key} session`), ...from, ...dates });
    }
    for (const age of role.logAges) {
      const answer = { method: 'GET', path: '/videos', status: 200, durationMs: 20 + age };
      await models.requestLogs.create({ userId, at: ago(age), ...answer, ...from });
    }
    return { id: String(userId), email, password };
  }

  async function make({ key }: Role, work: Work): Promise<void> {
    const label = `${key}.${work.key}`;
    const [_id, userId, createdAt] = [idOf(label), idOf(key), ago(work.age)];
    const upload = work.picture === undefined ? undefined : await give(userId, label, work.picture, createdAt);
    const clip = simulatedModel(`plain: ${work.prompt}`, upload?.bytes);
    const file = `outputs/${_id}.gif`;
    await media.put(file, clip.video);
    await media.put(thumbnailOf(file), clip.thumbnail);
    await models.generations.create({
      _id,
      userId,
      prompt: work.prompt,
      options: { style: 'plain', format: 'gif' },
      ...(upload && { uploadId: upload._id }),
      outputs: [{ file, size: clip.video.length, type: 'image/gif' }],
      visibility: work.isPublic ? 'public' : 'private',
      createdAt,
    });
  }

  async function give(
    userId: Types.ObjectId,
    label: string,
    motif: string,
    createdAt: Date,
  ): Promise<{ _id: Types.ObjectId; bytes: Buffer }> {
    const _id = idOf(`${label} upload`);
    const bytes = renderPicture(`picture of ${motif}`);
    const file = `uploads/${_id}.gif`;
    await media.put(file, bytes);
    await models.uploads.create({ _id, userId, file, size: bytes.length, type: 'image/gif', createdAt });
    return { _id, bytes };
  }
};
