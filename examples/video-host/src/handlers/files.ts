import { type Response, Router } from 'express';
import type { Host } from '../host.ts';
import { thumbnailOf } from '../media/media.ts';
import { mimeOfKey } from '../media/pictureKind.ts';
import { videoFor } from '../videos/videoFor.ts';
import { personOf, signedIn, visitorOf } from '../web/guards.ts';
import { pour } from '../web/pour.ts';
import { Refusal } from '../web/refusal.ts';

/** Hands out files by their record, never by their key, and only to whom the record allows it. */
export function files(host: Host): Router {
  const { media } = host;
  const router = Router();

  router.get('/media/:id/:part', async (req, res) => {
    const { id, part } = req.params;
    const video = await videoFor(host, visitorOf(req), id);
    const isMine = (video && visitorOf(req)?._id.equals(video.userId)) ?? false;
    if (!video || (part === 'reference' && !isMine)) throw notHere();

    const output = video.outputs[0]?.file;
    const keys = new Map([
      ['video', output],
      ['thumbnail', output && thumbnailOf(output)],
      ['reference', video.references[0]?.file],
    ]);
    await send(res, keys.get(part));
  });

  router.get('/avatar', signedIn, async (req, res) => send(res, personOf(req).avatar));

  async function send(res: Response, key: string | undefined): Promise<void> {
    if (!key || !(await media.has(key))) throw notHere();
    const stream = await media.read(key);
    res.set({ 'content-type': mimeOfKey(key), 'cache-control': 'private, no-store' });
    await pour(stream, res);
  }

  return router;
}

const notHere = (): Refusal => new Refusal(404, 'There is no such file.');
