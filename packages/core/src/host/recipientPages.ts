import express, { type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { Send } from './pages.ts';

/**
 * Where a recipient of data says that it has done what it was told. A GET changes nothing, whoever follows it; a POST counts
 * once, from the button of the page or from a program of the recipient's.
 */
export function recipientPages(kept: Kept, send: Send): Router {
  const router = express.Router();

  router.get('/told/:token', async (req, res) => {
    const found = await kept.notifications.peek(String(req.params.token));
    if (found?.state === 'usable') return send(req, res, 'told', 'Say that it is done', { what: asks[found.what] });
    if (found?.state === 'used') {
      return send(req, res, 'message', 'We know', { text: 'There is nothing more for you to do.' });
    }
    send(
      req,
      res.status(found ? 410 : 404),
      'message',
      found ? 'This link has expired' : 'This link stands for nothing',
      {
        text: 'Use the whole link of our letter, or write to us.',
      },
    );
  });

  router.post('/told/:token', async (req, res) => {
    await kept.notifications.confirm(String(req.params.token));
    if (req.accepts(['html', 'json']) === 'json') res.json({ done: true });
    else send(req, res, 'message', 'Thank you', { text: 'We have noted that it is done.' });
  });

  return router;
}

const asks = {
  erasure: 'You have erased your copies of the data that our letter names.',
  rectification: 'You have put your copies of the data that our letter names right.',
  restriction: 'You keep your copies of the data that our letter names, and do nothing else with them.',
  'restriction-lifted': 'You know that you may use the data that our letter names again.',
} as const;
