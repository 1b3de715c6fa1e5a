import express, { type Request, type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { Conversation, ConversationState } from '../engine/keptSupport.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { World } from '../engine/world.ts';
import type { Right } from '../kernel/classify/right.ts';
import { isKeptError } from '../kernel/keptError.ts';
import type { Send } from './pages.ts';

interface Whose {
  readonly asked: Readonly<Record<Right, string>>;
  demandSubject(req: Request): string;
}

const states: Readonly<Record<ConversationState['state'], string>> = {
  'waits-for-us': 'We answer',
  'waits-for-you': 'We have answered',
  closed: 'Closed',
};

/** The support section: somebody signed in writes to us and reads what we answer, without any mail. */
export function supportPages(kept: Kept, world: World, { asked, demandSubject }: Whose, send: Send): Router {
  const router = express.Router();
  const wantsJson = (req: Request): boolean => req.accepts(['html', 'json']) === 'json';
  const list = async (subject: string): Promise<object> => {
    const conversations = await kept.support.of(subject);
    return {
      conversations: conversations.map((each) => ({
        ...each,
        state: states[each.state],
        openedOn: dayOf(world, each.openedAt),
        isOurs: each.state === 'waits-for-us',
      })),
    };
  };
  const talk = ({ messages, rights, ...one }: Conversation): object => ({
    ...one,
    isOurs: one.state === 'waits-for-us',
    isClosed: one.state === 'closed',
    messages: messages.map(({ at, by, text }) => ({ text, on: dayOf(world, at), isYours: by === 'you' })),
    rights: rights.map((right) => ({ right, label: asked[right] })),
  });

  router.get('/support', async (req, res) => {
    const subject = demandSubject(req);
    if (wantsJson(req)) res.json({ conversations: await kept.support.of(subject) });
    else send(req, res, 'support', 'Support', await list(subject));
  });

  router.post('/support', async (req, res) => {
    const subject = demandSubject(req);
    try {
      // What is no text is refused where it is read.
      const { subjectLine, text } = (req.body ?? {}) as Record<'subjectLine' | 'text', string>;
      const conversation = await kept.support.open(subject, { subjectLine, text });
      if (wantsJson(req)) res.status(201).json(conversation);
      else res.redirect(303, `${req.baseUrl}/support/${encodeURIComponent(conversation.id)}`);
    } catch (fault) {
      if (wantsJson(req) || !isInvalid(fault)) throw fault;
      send(req, res.status(422), 'support', 'Support', { ...(await list(subject)), fault, given: textsIn(req.body) });
    }
  });

  router.get('/support/:id', async (req, res) => {
    const conversation = await kept.support.get(demandSubject(req), req.params.id);
    if (wantsJson(req)) res.json(conversation);
    else send(req, res, 'conversation', conversation.subjectLine, talk(conversation));
  });

  router.post('/support/:id', async (req, res) => {
    const subject = demandSubject(req);
    const id = String(req.params.id);
    try {
      const conversation = await kept.support.write(
        subject,
        id,
        (req.body as { text: string } | undefined)?.text ?? '',
      );
      if (wantsJson(req)) res.json(conversation);
      else res.redirect(303, `${req.baseUrl}/support/${encodeURIComponent(id)}`);
    } catch (fault) {
      if (wantsJson(req) || !isInvalid(fault)) throw fault;
      const conversation = await kept.support.get(subject, id);
      const model = { ...talk(conversation), fault, given: textsIn(req.body) };
      send(req, res.status(422), 'conversation', conversation.subjectLine, model);
    }
  });

  return router;
}

function isInvalid(fault: unknown): boolean {
  return isKeptError(fault) && fault.code === 'INPUT_INVALID';
}

/** What was written, for the form that comes back. */
function textsIn(body: unknown): object {
  const entries = Object.entries((body ?? {}) as object);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
}
