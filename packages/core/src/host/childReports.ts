import express, { type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { Send } from './pages.ts';

/**
 * The page on which anybody reports an account of a child, without signing in. It says the same whether there is such an
 * account or not.
 */
export function childReports(kept: Kept, send: Send): Router {
  const router = express.Router();
  const title = 'Report an account of a child';

  router.get('/report-a-child', (req, res) => send(req, res, 'report', title));

  router.post('/report-a-child', async (req, res) => {
    // What is no text is refused where the report is read.
    const { address, link, text, by } = (req.body ?? {}) as Record<'address' | 'link' | 'text' | 'by', string>;
    const { number } = await kept.children.report({
      about: { ...(address !== '' && { address }), ...(link !== '' && { link }) },
      text,
      ...(by !== undefined && by !== '' && { by: { address: by } }),
      from: req.ip ?? 'nowhere',
    });
    const thanks = `Thank you. Two people look at it, before other work. If you write to us about it, name ${number}.`;
    if (req.accepts(['html', 'json']) === 'json') res.status(201).json({ reference: number });
    else send(req, res.status(201), 'message', 'We have your report', { text: thanks });
  });

  return router;
}
