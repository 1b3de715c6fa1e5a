import express, { type Request, type Response, type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import { mailAddress } from '../engine/mail/mailAddress.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { ReadReceipt } from '../engine/rights/issueReceipt.ts';
import { countAttempt, forgetOldAttempts } from '../engine/staff/attempts.ts';
import { SIGNED_IN_PERSON } from '../engine/support/signedInPerson.ts';
import type { World } from '../engine/world.ts';
import { RIGHTS, type Right } from '../kernel/classify/right.ts';
import { isKeptError, KeptError } from '../kernel/keptError.ts';
import type { Asks } from '../kernel/request/asks.ts';
import { askedInForm } from './askedInForm.ts';
import { inputInvalid } from './inputInvalid.ts';
import { inFull, inShort, type OwnRequestInFull, ownRequest } from './ownRequests.ts';
import type { Send } from './pages.ts';
import { type RequestForm, requestForm } from './requestForm.ts';
import { rightsToAsk } from './rightsToAsk.ts';

/** Each request causes letters: nobody signed in has more to ask in a quarter of an hour. */
const MOST_ASKED = 20;

interface Whose {
  readonly asked: Readonly<Record<Right, string>>;
  demandSubject(req: Request): string;
}

/** Where somebody signed in asks for a right, sees how it goes, and takes it back. */
export function requestPages(kept: Kept, world: World, { asked, demandSubject }: Whose, send: Send): Router {
  const router = express.Router();
  const wantsJson = (req: Request): boolean => req.accepts(['html', 'json']) === 'json';

  const showForm = async (req: Request, res: Response, right: Right, fault?: KeptError): Promise<void> => {
    const subject = demandSubject(req);
    const form = await requestForm(await world.inForce(), subject, right);
    const asksAddress = (await world.data.addressesOf(subject)).length === 0;
    const given = req.method === 'POST' ? req.body : aboutIn(req.query);
    send(req, res, 'ask', 'Ask us', { ...presentForm(form, given), asked: asked[right], asksAddress, fault });
  };

  router.get('/ask/:right', async (req, res) => {
    const right = RIGHTS.find((each) => each === req.params.right);
    if (!right) throw unknownRight();
    if (wantsJson(req)) res.json(await requestForm(await world.inForce(), demandSubject(req), right));
    else await showForm(req, res, right);
  });

  router.post('/requests', async (req, res) => {
    const subject = demandSubject(req);
    try {
      const { right, asks, text } = askedInForm(req.body);
      const address = await addressFor(world, subject, req.body);
      await demandCalmAsker(world, subject);
      // What it asks for is checked there, whatever its type.
      const given = asks as Asks | undefined;
      const opening = {
        right,
        channel: 'app',
        subject,
        address,
        text,
        ...(given !== undefined && { asks: given }),
      } as const;
      const request = await kept.requests.open(opening);
      if (wantsJson(req)) res.status(201).json(inShort(request));
      else res.redirect(303, `${req.baseUrl}/requests/${encodeURIComponent(request._id)}`);
    } catch (error) {
      const right = RIGHTS.find((each) => each === req.body?.right);
      if (!right || wantsJson(req) || !isKeptError(error) || !error.code.endsWith('_INVALID')) throw error;
      // What was written is still there, beside what is wrong with it.
      await showForm(req, res.status(422), right, error);
    }
  });

  router.get('/requests/:id', async (req, res) => {
    const subject = demandSubject(req);
    const own = await inFull(kept, world, await ownRequest(world, subject, req.params.id));
    if (wantsJson(req)) return void res.json(own);
    const { rights } = await rightsToAsk(world, subject);
    send(req, res, 'request', 'Your request', presentRequest(world, own, asked, rights));
  });

  router.post('/requests/:id/withdraw', async (req, res) => {
    const { _id } = await ownRequest(world, demandSubject(req), req.params.id);
    const request = await kept.requests.withdraw(_id, SIGNED_IN_PERSON);
    if (wantsJson(req)) res.json(inShort(request));
    else res.redirect(303, `${req.baseUrl}/requests/${encodeURIComponent(_id)}`);
  });

  router.get('/requests/:id/receipt', async (req, res) => {
    const { _id } = await ownRequest(world, demandSubject(req), req.params.id);
    const receipt = await kept.requests.receipt(_id);
    sendReceipt(res, receipt);
  });

  router.get('/restrictions/:id/receipt', async (req, res) => {
    const own = await kept.restrictions.history(demandSubject(req));
    const ended = own.find(({ _id }) => _id === req.params.id);
    sendReceipt(res, ended && (await kept.restrictions.receipt(ended._id)));
  });

  return router;
}

function sendReceipt(res: Response, receipt: ReadReceipt | undefined): void {
  if (!receipt) throw noReceipt();
  res.type('json').set('Content-Disposition', 'attachment; filename="receipt.json"').send(receipt.text);
}

/** Where an answer can go: the registered address, or the one that somebody without any gives. Throws INPUT_INVALID. */
async function addressFor(world: World, subject: string, body: unknown): Promise<string> {
  const [registered] = await world.data.addressesOf(subject);
  const address = registered ?? mailAddress((body as { address?: unknown } | undefined)?.address);
  if (address) return address;
  throw inputInvalid('address', 'We know no address of yours: give one to which our answer can go.');
}

async function demandCalmAsker(world: World, subject: string): Promise<void> {
  const now = world.clock.now();
  const id = world.crypto.sha256(`${world.service}\nrequests\n${subject}`);
  await forgetOldAttempts(world, now);
  await countAttempt(world, { id, most: MOST_ASKED, refusal: { code: 'REQUEST_REFUSED', place: 'privacy page' } }, now);
}

/** The form with what was chosen before, where it comes back. */
function presentForm(form: RequestForm, body: unknown): object {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const chosen = (name: string, value: string): boolean => [given[name]].flat().includes(value);
  return {
    ...form,
    is: { [form.right]: true },
    purposes: form.purposes.map((each) => ({ ...each, checked: chosen('purposes', each.purpose) })),
    flags: form.flags.map((each) => ({ ...each, checked: chosen('flags', each.flag) })),
    grounds: form.grounds.map((each) => ({
      ...each,
      checked: given.ground === undefined ? each.ground === 'not-stated' : chosen('ground', each.ground),
    })),
    fields: form.fields.map(({ label, ...place }) => {
      const value = JSON.stringify(place);
      return { label, value, selected: chosen('field', value) };
    }),
    given: Object.fromEntries(
      ['text', 'value', 'address'].flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])),
    ),
  };
}

/** A complaint or an appeal that begins at a request names it. */
function aboutIn({ about }: Request['query']): object {
  return typeof about === 'string' && /^K-[0-9A-F]{6,16}$/.test(about) ? { text: `About ${about}: ` } : {};
}

function presentRequest(world: World, own: OwnRequestInFull, asked: Whose['asked'], rights: readonly Right[]): object {
  const isOpen = own.mayTakeBack || own.status === 'running';
  const fellShort = own.status === 'refused' || own.status === 'partly-fulfilled';
  return {
    ...own,
    asked: asked[own.right],
    isOpen,
    isObjection: own.right === 'objection',
    contest: fellShort ? (['appeal', 'complaint'] as const).find((right) => rights.includes(right)) : undefined,
    takeBackUntil: own.takeBackUntil && dayOf(world, own.takeBackUntil),
  };
}

function unknownRight(): KeptError {
  return new KeptError('RIGHT_NOT_FOUND', 'There is nothing of this name to ask for', {
    place: 'privacy page',
    remedy: 'Choose on your privacy page what you ask for.',
  });
}

function noReceipt(): KeptError {
  return new KeptError('RECEIPT_NOT_FOUND', 'There is no receipt of this', {
    place: 'privacy page',
    remedy:
      'A request has one once it is answered, a restriction once it has ended, a package on its page once it was fetched.',
  });
}
