import { type Request, Router } from 'express';
import { Types } from 'mongoose';
import { mimeOfKey } from '../../src/media/pictureKind.ts';
import { textOf, uploadOf } from '../../src/web/formBody.ts';
import { visitorOf } from '../../src/web/guards.ts';
import { pour } from '../../src/web/pour.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { note } from './activities.ts';
import { guestOf } from './devices.ts';
import type { Editor } from './editor.ts';
import { aspects, learn, lookOf, remember, styles } from './look.ts';
import { checkWish, makeCreation, mostItems, removeItem, type Wish } from './makeCreation.ts';
import type { Creation, GuestDocument } from './models.ts';

/** How long the policy keeps images. */
const keptFor = 90 * 86_400_000;

/** The editor: making images in batches, looking at them, taking them away one by one. */
export function creations(editor: Editor): Router {
  const { models, media, render } = editor;
  const router = Router();

  router.get('/', (req, res) => {
    const look = lookOf(req);
    const choices = (names: readonly string[], chosen: string): object[] =>
      names.map((name) => ({ name, isChosen: name === chosen }));
    render(req, res, 'editor', {
      title: 'Make and edit images',
      styles: choices(styles, look.style),
      aspects: choices(aspects, look.aspect),
      items: Array.from({ length: mostItems }, (_, at) => ({ number: at + 1, isFirst: at === 0 })),
    });
  });

  router.post('/creations', async (req, res) => {
    const wish = wishIn(req);
    checkWish(wish);
    const guest = await guestOf(editor, req, res);
    const creation = await makeCreation(editor, guest, wish);
    await note(editor, req, guest, wish.items.length > 1 ? 'batch' : 'image');
    learn(req, res, wish);
    res.redirect(303, `/creations/${creation._id}`);
  });

  router.post('/look', (req, res) => {
    const look = { style: textOf(req, 'style'), aspect: textOf(req, 'aspect') };
    if (!styles.some((name) => name === look.style) || !aspects.some((name) => name === look.aspect))
      throw new Refusal(422, 'Please choose one of the styles and formats.');
    remember(req, res, look);
    res.redirect(303, '/');
  });

  router.get('/creations', async (req, res) => {
    const guest = visitorOf<GuestDocument>(req);
    const mine = guest ? await models.creations.find({ visitorId: guest._id }).sort({ createdAt: -1 }).lean() : [];
    render(req, res, 'creations', { title: 'My images', creations: mine.map(shown) });
  });

  router.get('/creations/:id', async (req, res) => {
    render(req, res, 'creation', { title: 'Images', ...shown(await mine(req)) });
  });

  router.post('/creations/:id/items/:position/delete', async (req, res) => {
    const creation = await mine(req);
    await removeItem(editor, creation, Number(req.params.position));
    res.redirect(303, creation.batch.length > 1 ? `/creations/${creation._id}` : '/creations');
  });

  router.get('/creations/:id/:part/:position', async (req, res) => {
    const { part } = req.params;
    const { batch, outputs } = await mine(req);
    const items: readonly { position: number; file?: string }[] =
      part === 'image' ? outputs : part === 'upload' ? batch : [];
    const key = items.find((each) => each.position === Number(req.params.position))?.file;
    if (!key || !(await media.has(key))) throw notHere();
    const stream = await media.read(key);
    res.set({ 'content-type': mimeOfKey(key), 'cache-control': 'private, no-store' });
    await pour(stream, res);
  });

  /** One's own, or nothing: that somebody else's exists is nobody's business. */
  async function mine(req: Request): Promise<Creation> {
    const guest = visitorOf<GuestDocument>(req);
    const _id = String(req.params.id);
    const found =
      guest && Types.ObjectId.isValid(_id)
        ? await models.creations.findOne({ _id, visitorId: guest._id }).lean()
        : undefined;
    if (!found) throw notHere();
    return found;
  }

  return router;
}

function wishIn(req: Request): Wish {
  const numbers = Array.from({ length: mostItems }, (_, at) => at + 1);
  const prompt = textOf(req, 'prompt');
  const items = numbers.flatMap((number) => {
    const own = textOf(req, `item-${number}`);
    const picture = uploadOf(req, `picture-${number}`);
    if (own === '' && !picture) return [];
    return [{ prompt: own === '' ? prompt : own, ...(picture && { picture }) }];
  });
  return {
    prompt,
    style: textOf(req, 'style'),
    aspect: textOf(req, 'aspect'),
    strength: Number(textOf(req, 'strength') || '50'),
    items: items.length > 0 ? items : [{ prompt }],
  };
}

function shown({ _id, createdAt, batch, outputs, ...rest }: Creation): object {
  const id = String(_id);
  const items = outputs.map(({ position }) => {
    const given = batch.find((each) => each.position === position);
    return { id, position, prompt: given?.prompt, hasUpload: Boolean(given?.file) };
  });
  return { ...rest, id, createdAt, goesOn: new Date(createdAt.getTime() + keptFor), items, first: items[0]?.position };
}

const notHere = (): Refusal => new Refusal(404, 'There is no such image here.');
