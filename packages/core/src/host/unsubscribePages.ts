import express, { type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { Send } from './pages.ts';

/**
 * Where the links of `kept.unsubscribe` lead. A GET changes nothing, whoever follows it; a POST objects without asking who is
 * there, from the button of the page or from the one click of a mail program (RFC 8058), which is answered without a redirect.
 */
export function unsubscribePages(kept: Kept, send: Send): Router {
  const router = express.Router();
  const labelOf = (purpose: string): string =>
    kept.policy.purposes.find(({ name }) => name === purpose)?.label ?? purpose;

  router.get('/unsubscribe/:token', async (req, res) => {
    const found = await kept.unsubscribe.peek(String(req.params.token));
    if (found) return send(req, res, 'unsubscribe', 'Stop these letters', { label: labelOf(found.purpose) });
    send(req, res.status(404), 'message', 'This link stops no letters', {
      text: 'Use the whole link of the letter, or sign in and object on the privacy page.',
    });
  });

  router.post('/unsubscribe/:token', async (req, res) => {
    const { purpose } = await kept.unsubscribe.object(String(req.params.token));
    send(req, res, 'message', 'You will get no more of these', { text: `Stopped: ${labelOf(purpose)}.` });
  });

  return router;
}
