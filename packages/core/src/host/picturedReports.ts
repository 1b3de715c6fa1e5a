import express, { type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { Send } from './pages.ts';

/** The page on which anybody reports that what somebody else made shows them, without signing in. */
export function picturedReports(kept: Kept, send: Send): Router {
  const router = express.Router();
  const title = 'Report that you are shown';

  router.get('/report-a-picture', (req, res) => send(req, res, 'pictured', title));

  router.post('/report-a-picture', async (req, res) => {
    // What is no text is refused where the report is read.
    const { link, text, by } = (req.body ?? {}) as Record<'link' | 'text' | 'by', string>;
    const { number } = await kept.reports.pictured({
      link,
      text,
      ...(by !== undefined && by !== '' && { by: { address: by } }),
      from: req.ip ?? 'nowhere',
    });
    const thanks = `Thank you. A colleague looks at it, before other work. If you write to us about it, name ${number}.`;
    if (req.accepts(['html', 'json']) === 'json') res.status(201).json({ reference: number });
    else send(req, res.status(201), 'message', 'We have your report', { text: thanks });
  });

  return router;
}
