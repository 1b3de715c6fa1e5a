import { createHash } from 'node:crypto';
import { type Connection, Types } from 'mongoose';
import { creditPacks, simulatedCreem } from './account/simulatedCreem.ts';
import { simulatedIdentityProvider } from './account/simulatedIdentityProvider.ts';
import { tokenHash } from './account/token.ts';
import { bytesOf, type Media, thumbnailOf } from './media/media.ts';
import { renderPicture } from './media/renderClip.ts';
import { modelsOn } from './models/models.ts';
import { cast, crowd, later, type Role, type Scene } from './seed/cast.ts';
import { storedPassword } from './seed/storedPasswords.ts';
import { simulatedModel, simulatedModelName } from './videos/simulatedModel.ts';

export interface Story {
  /** By the key of the cast, such as `mara`. */
  readonly people: Readonly<
    Record<string, { readonly id: string; readonly email: string; readonly password?: string }>
  >;
  /** By `person.scene`, such as `jonas.train`. */
  readonly videos: Readonly<Record<string, { readonly id: string; readonly files: readonly string[] }>>;
}

const day = 86_400_000;
const hour = 3_600_000;

/** An id that is the same on every run. */
const idOf = (label: string): Types.ObjectId =>
  new Types.ObjectId(createHash('sha256').update(`video-host ${label}`).digest('hex').slice(0, 24));

/** Fills an empty app with people and what they made, records and files, the same on every run but for the dates. */
export async function seedStory(stage: { connection: Connection; media: Media; now: Date }): Promise<Story> {
  const { media } = stage;
  const models = modelsOn(stage.connection);
  const ago = (days: number): Date => new Date(stage.now.getTime() - days * day);
  const people: Record<string, Story['people'][string]> = {};
  const videos: Record<string, Story['videos'][string]> = {};

  for (const role of [...cast, ...crowd]) {
    await enter(role);
    for (const scene of role.scenes) await play(role.key, scene);
  }
  for (const [person, scenes] of Object.entries(later)) for (const scene of scenes) await play(person, scene);
  return { people, videos };

  async function enter(role: Role): Promise<void> {
    const userId = idOf(role.key);
    const { provider, email: at } = role.identity ?? {};
    await models.users.create({
      _id: userId,
      email: role.email,
      identities: provider && at ? [simulatedIdentityProvider(provider, at)] : [],
      name: role.name,
      ...(role.hasAvatar && { avatar: await picture(`avatars/${userId}.gif`, role.name) }),
      ...(role.password && { passwordHash: await storedPassword(role.password) }),
      country: role.country,
      birthYear: role.birthYear,
      createdAt: ago(role.joinedAge),
      seenAt: ago(role.closedAge ?? role.sessions.at(-1)?.age ?? role.joinedAge),
      ...(role.closedAge && { closedAt: ago(role.closedAge) }),
    });
    people[role.key] = { id: String(userId), email: role.email, ...(role.password && { password: role.password }) };
    await models.creditEntries.create({ userId, amount: 10, reason: 'welcome', createdAt: ago(role.joinedAge) });
    await buy(role, userId);
    await call(role, userId);
    for (const [at, session] of role.sessions.entries()) {
      const { age, ...from } = session;
      const seenAt = ago(age);
      const createdAt = ago(age + 4);
      await models.sessions.create({ userId, tokenHash: tokenHash(`${role.key} ${at}`), ...from, createdAt, seenAt });
    }
  }

  async function buy(role: Role, userId: Types.ObjectId): Promise<void> {
    for (const { age, pack } of role.purchases ?? []) {
      const { amount = 0, currency = 'EUR', credits = 0 } = creditPacks[pack] ?? {};
      const _id = idOf(`${role.key} payment ${age}`);
      const told = simulatedCreem(String(_id));
      await models.payments.create({ _id, userId, ...told, amount, currency, country: role.country, paidAt: ago(age) });
      await models.creditEntries.create({
        userId,
        amount: credits,
        reason: 'purchase',
        paymentId: _id,
        createdAt: ago(age),
      });
    }
  }

  async function call(role: Role, userId: Types.ObjectId): Promise<void> {
    if (!role.apiKey) return;
    const { name, calls } = role.apiKey;
    const keyId = idOf(`${role.key} key`);
    // Nobody has the key to this hash, so nobody can use it.
    const stored = { hash: tokenHash(`${role.key} key`), last4: keyId.toHexString().slice(-4) };
    await models.apiKeys.create({ _id: keyId, userId, name, ...stored, createdAt: ago(95), lastUsedAt: ago(2) });
    const from = { ip: '192.0.2.10', userAgent: 'storyboard/1.4' };
    const lines = Array.from({ length: calls }, (_, at) => ({
      keyId,
      at: new Date(ago(2 + at * (83 / calls)).getTime() - (at % 5) * hour),
      method: at % 4 === 0 ? 'POST' : 'GET',
      path: at % 4 === 0 ? '/api/v1/generations' : `/api/v1/generations/${idOf(`${role.key} call ${at}`)}`,
      status: at % 4 === 0 ? 201 : at % 13 === 0 ? 404 : 200,
      ...from,
      durationMs: 20 + ((at * 37) % 160),
    }));
    await models.apiLogs.insertMany(lines);
  }

  async function play(person: string, scene: Scene): Promise<void> {
    const label = `${person}.${scene.key}`;
    const _id = idOf(label);
    const userId = idOf(person);
    const parent = scene.remixOf ? await models.generations.findById(idOf(scene.remixOf)).lean() : null;
    const file = await referenceOf(person, scene, _id, parent?.references[0]?.file);
    const clip = simulatedModel(scene.prompt, file ? await bytesOf(media, file) : undefined);
    const output = `outputs/${_id}.gif`;
    await media.put(output, clip.video);
    await media.put(thumbnailOf(output), clip.thumbnail);
    await models.generations.create({
      _id,
      userId,
      ...(parent && { parentId: parent._id }),
      prompt: scene.prompt,
      model: simulatedModelName,
      references: file ? [{ file }] : [],
      outputs: [{ file: output }],
      createdAt: ago(scene.age),
      ...(scene.savedAge !== undefined && { savedAt: ago(scene.savedAge) }),
      ...(scene.unsavedAge !== undefined && { unsavedAt: ago(scene.unsavedAge) }),
      visibility: scene.isPublic ? 'public' : 'private',
    });
    await models.creditEntries.create({ userId, amount: -1, reason: 'generation', createdAt: ago(scene.age) });
    videos[label] = { id: String(_id), files: [output, thumbnailOf(output), ...(file ? [file] : [])] };
  }

  /** A named picture is written once for its person; a remix takes a copy of its parent's. */
  async function referenceOf(
    person: string,
    scene: Scene,
    id: Types.ObjectId,
    inherited?: string,
  ): Promise<string | undefined> {
    if (scene.picture) return picture(`references/${idOf(`${person} ${scene.picture}`)}.gif`, scene.picture);
    if (!inherited) return undefined;
    const copy = `references/${id}.gif`;
    await media.put(copy, await bytesOf(media, inherited));
    return copy;
  }

  async function picture(key: string, motif: string): Promise<string> {
    if (!(await media.has(key))) await media.put(key, renderPicture(`picture of ${motif}`));
    return key;
  }
}
