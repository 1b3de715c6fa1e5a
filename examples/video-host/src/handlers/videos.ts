import { type Request, Router } from 'express';
import { creditsOf } from '../account/credit.ts';
import type { Host } from '../host.ts';
import type { Generation } from '../models/generation.ts';
import { goesOn } from '../videos/goesOn.ts';
import { makeVideo, type Wish } from '../videos/makeVideo.ts';
import { presentVideo } from '../videos/presentVideo.ts';
import { forAnybody, videoFor } from '../videos/videoFor.ts';
import { textOf, uploadOf } from '../web/formBody.ts';
import { personOf, signedIn, visitorOf } from '../web/guards.ts';
import { Refusal } from '../web/refusal.ts';

/** The gallery, making a video, and what its owner may do with it. */
export function videos(host: Host): Router {
  const { models, render, now } = host;
  const router = Router();

  router.get('/', async (req, res) => {
    const shown = await models.generations
      .find({ visibility: 'public' })
      .sort({ createdAt: -1 })
      .limit(24)
      .setOptions(forAnybody);
    render(req, res, 'gallery', { title: 'Gallery', videos: shown.map(presentVideo) });
  });

  router.get('/videos', signedIn, async (req, res) => {
    const mine = await models.generations
      .find({ userId: personOf(req)._id })
      .sort({ createdAt: -1 })
      .limit(100)
      .lean();
    render(req, res, 'videos', { title: 'My videos', videos: mine.map(presentVideo) });
  });

  router.get('/create', signedIn, async (req, res) => {
    const parent = typeof req.query.remix === 'string' ? await visible(req, req.query.remix) : undefined;
    const reuse = typeof req.query.reuse === 'string' ? await owned(req, req.query.reuse) : undefined;
    render(req, res, 'create', {
      title: parent ? 'Remix' : 'Create',
      credits: await creditsOf(host, personOf(req)._id),
      ...(parent && { parent: presentVideo(parent) }),
      ...(reuse && { reuse: presentVideo(reuse) }),
    });
  });

  router.post('/generations', signedIn, async (req, res) => {
    const made = await makeVideo(host, personOf(req), wishOf(req));
    res.redirect(303, `/videos/${made._id}`);
  });

  router.get('/videos/:id', async (req, res) => {
    const video = await visible(req, req.params.id);
    const isMine = visitorOf(req)?._id.equals(video.userId) ?? false;
    const remixes = await models.generations.countDocuments({ parentId: video._id });
    // Whoever is about to give a video up is told before when it goes.
    const givenUp = { createdAt: video.createdAt, unsavedAt: now() };
    const ends = { goesOn: goesOn(host, video), goesOnWhenGivenUp: goesOn(host, givenUp) };
    render(req, res, 'video', { title: 'Video', video: presentVideo(video), isMine, remixes, ...ends });
  });

  router.post('/videos/:id/save', signedIn, async (req, res) => {
    const { _id } = await owned(req, String(req.params.id));
    await models.generations.updateOne({ _id }, { $set: { savedAt: now() }, $unset: { unsavedAt: 1 } });
    res.redirect(303, `/videos/${_id}`);
  });

  router.post('/videos/:id/unsave', signedIn, async (req, res) => {
    const { _id } = await owned(req, String(req.params.id));
    await models.generations.updateOne(
      { _id, savedAt: { $ne: null } },
      { $set: { unsavedAt: now() }, $unset: { savedAt: 1 } },
    );
    res.redirect(303, `/videos/${_id}`);
  });

  router.post('/videos/:id/visibility', signedIn, async (req, res) => {
    const { _id } = await owned(req, String(req.params.id));
    const visibility = textOf(req, 'visibility');
    if (visibility !== 'public' && visibility !== 'private') throw new Refusal(422, 'A video is public or private.');
    await models.generations.updateOne({ _id }, { visibility });
    res.redirect(303, `/videos/${_id}`);
  });

  async function visible(req: Request, id: string): Promise<Generation> {
    const video = await videoFor(host, visitorOf(req), id);
    // The same answer for what is private and what is not there: that it exists is nobody else's business.
    if (!video) throw new Refusal(404, 'There is no such video.');
    return video;
  }

  async function owned(req: Request, id: string): Promise<Generation> {
    const video = await visible(req, id);
    if (!visitorOf(req)?._id.equals(video.userId)) throw new Refusal(404, 'There is no such video of yours.');
    return video;
  }

  return router;
}

function wishOf(req: Request): Wish {
  const picture = uploadOf(req, 'picture');
  const reuse = textOf(req, 'reuse');
  const parent = textOf(req, 'parent');
  return {
    prompt: textOf(req, 'prompt'),
    ...(picture && { picture }),
    ...(reuse && { reuse }),
    ...(parent && { parent }),
  };
}
