import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { tokenHash } from '../../src/account/token.ts';
import { renderPicture } from '../../src/media/renderClip.ts';
import { storedPassword } from '../../src/seed/storedPasswords.ts';
import type { Variant } from '../../src/variant.ts';
import { premium } from './account.ts';
import { type Batch, cast, type Role } from './cast.ts';
import { ownModel } from './makeCreation.ts';
import { type Account, modelsOn } from './models.ts';
import { ownTerminal } from './ownTerminal.ts';

const day = 86_400_000;

/** An id that is the same on every run. */
const idOf = (label: string): Types.ObjectId =>
  new Types.ObjectId(createHash('sha256').update(`seedream4 ${label}`).digest('hex').slice(0, 24));

/** The cookie with which the demo and tests stand for somebody of the cast. */
export const deviceToken = (person: string): string => `demo-device-${person}`;

/** Fills an empty editor with people and their images, records and files, the same on every run but for the dates. */
export const seed: Variant['seed'] = async ({ connection, media, now }) => {
  const models = modelsOn(connection);
  const ago = (days: number): Date => new Date(now.getTime() - days * day);

  for (const role of cast) {
    await enter(role);
    for (const batch of role.batches) await make(role, batch);
    for (const age of role.payments ?? []) await pay(role, age);
    for (const { feature, age, count } of role.activities ?? []) await use(role, feature, age, count);
  }
  const people = cast.map(({ key, email = '', password }) => [
    key,
    { id: String(idOf(key)), email, ...(password && { password }) },
  ]);
  return { people: Object.fromEntries(people), protagonist: 'ida' };

  async function enter({
    key,
    email,
    country,
    joinedAge,
    seenAge,
    password,
    name,
    closedAge,
    plan,
  }: Role): Promise<void> {
    const account: Account | undefined =
      name === undefined
        ? undefined
        : {
            name,
            passwordHash: await storedPassword(password ?? key),
            state: closedAge === undefined ? 'open' : 'closed',
            openedAt: ago(joinedAge),
            ...(closedAge !== undefined && { closedAt: ago(closedAge) }),
            plan: plan ?? 'free',
            ...(plan === 'premium' && { billingAddress: `${name}, Ringstrasse 4, 1010 Vienna` }),
          };
    await models.visitors.create({
      _id: idOf(key),
      ...(closedAge === undefined && { deviceTokenHash: tokenHash(deviceToken(key)) }),
      ...(email && { email }),
      ...(country && { country }),
      createdAt: ago(joinedAge),
      seenAt: ago(seenAge),
      ...(account && { account }),
    });
  }

  async function make({ key }: Role, { age, prompt, style, items }: Batch): Promise<void> {
    const _id = idOf(`${key} ${prompt}`);
    const given = [];
    const outputs = [];
    for (const [position, item] of items.entries()) {
      const picture = item.picture ? renderPicture(`picture of ${item.picture}`) : undefined;
      const upload = `uploads/${_id}-${position}.gif`;
      if (picture) await media.put(upload, picture);
      given.push({ position, prompt: item.prompt, ...(picture && { file: upload }) });
      const image = `images/${_id}-${position}.gif`;
      await media.put(image, ownModel([prompt, style, 50, item.prompt].join('\n'), picture));
      outputs.push({ position, file: image });
    }
    const visitorId = idOf(key);
    await models.creations.create({
      _id,
      visitorId,
      prompt,
      style,
      edit: { strength: 50, aspect: 'wide' },
      model: 'seedream-4.0',
      batch: given,
      outputs,
      createdAt: ago(age),
    });
  }

  async function pay({ key, country = 'AT' }: Role, age: number): Promise<void> {
    const _id = idOf(`${key} payment ${age}`);
    const told = { ...ownTerminal(String(_id)), ...premium, country: country.slice(0, 2), paidAt: ago(age) };
    await models.payments.create({ _id, visitorId: idOf(key), ...told });
  }

  async function use({ key }: Role, feature: string, age: number, count: number): Promise<void> {
    const device = { deviceType: 'computer', os: 'Linux', browser: 'Firefox' };
    await models.activities.create({ visitorId: idOf(key), feature, count, at: ago(age), ...device });
  }
};
