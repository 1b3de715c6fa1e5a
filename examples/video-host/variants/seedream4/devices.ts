import type { Request, RequestHandler, Response } from 'express';
import { newToken, tokenHash } from '../../src/account/token.ts';
import type { Parts } from '../../src/variant.ts';
import { cookieIn } from '../../src/web/cookieIn.ts';
import { visitorOf } from '../../src/web/guards.ts';
import type { Guest, GuestDocument, Models } from './models.ts';

const cookieName = 'device';
const day = 86_400_000;
/** As long as the policy remembers a device without an account. */
const lastsFor = 180 * day;
const seenEvery = 5 * 60_000;

interface Scene {
  readonly models: Pick<Models, 'visitors'>;
  now(): Date;
}

/** Puts whoever the device stands for on `req.user`. A device that did nothing yet stands for nobody. */
export function devices({ models, now }: Scene): RequestHandler {
  return async (req, _res, next) => {
    const token = cookieIn(req, cookieName);
    const guest = token && (await models.visitors.findOne({ deviceTokenHash: tokenHash(token) }));
    if (guest) {
      req.user = guest;
      const at = now();
      if (at.getTime() - guest.seenAt.getTime() >= seenEvery)
        await models.visitors.updateOne({ _id: guest._id }, { seenAt: at });
    }
    next();
  };
}

/**
 * Who is there, written down now if this is the first thing that the device does. The notice takes use for agreement: that is
 * recorded, once and of the version in force then, and gives no consent. A later version waits for a click at `/privacy`.
 */
export async function guestOf(scene: Scene & Pick<Parts, 'kept'>, req: Request, res: Response): Promise<GuestDocument> {
  const known = visitorOf<GuestDocument>(req);
  if (known) return known;
  const at = scene.now();
  const token = newToken('');
  const guest = await scene.models.visitors.create({ deviceTokenHash: tokenHash(token), createdAt: at, seenAt: at });
  await scene.kept.policies.accept(guest.id, 'first use');
  handOver(req, res, token);
  req.user = guest;
  return guest;
}

/** From now on this device, and no other, stands for them. */
export async function moveHere(
  { models, now }: Scene,
  req: Request,
  res: Response,
  guest: Pick<Guest, '_id'>,
): Promise<void> {
  const token = newToken('');
  await models.visitors.updateOne({ _id: guest._id }, { deviceTokenHash: tokenHash(token), seenAt: now() });
  handOver(req, res, token);
}

/** The device stands for nobody from now on. */
export async function forget(scene: Scene, res: Response, { _id }: Pick<Guest, '_id'>): Promise<void> {
  await shutOut(scene, String(_id));
  res.clearCookie(cookieName, { path: '/' });
}

/** No device stands for them any more. */
export async function shutOut({ models }: Pick<Scene, 'models'>, guest: string): Promise<void> {
  await models.visitors.updateOne({ _id: guest }, { $unset: { deviceTokenHash: 1 } });
}

function handOver(req: Request, res: Response, token: string): void {
  res.cookie(cookieName, token, { httpOnly: true, sameSite: 'lax', secure: req.secure, maxAge: lastsFor, path: '/' });
}
