import express, { type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { Send } from './pages.ts';

interface ReportForm {
  readonly path: string;
  readonly page: 'report' | 'pictured';
  readonly title: string;
  readonly whoLooks: string;
  report(said: Said, reporter: Reporter): Promise<{ readonly number: string }>;
}

type Said = Readonly<Record<'address' | 'link' | 'text', string>>;

interface Reporter {
  readonly by?: { readonly address: string };
  readonly from: string;
}

/**
 * The pages on which anybody reports, without signing in: an account of a child, or what shows them though somebody else made
 * it. They say the same whether there is such a thing or not.
 */
export function reportForms(kept: Kept, send: Send): Router {
  const router = express.Router();
  const forms: readonly ReportForm[] = [
    {
      path: '/report-a-child',
      page: 'report',
      title: 'Report an account of a child',
      whoLooks: 'Two people look at it',
      report({ address, link, text }, reporter) {
        const about = { ...(address !== '' && { address }), ...(link !== '' && { link }) };
        return kept.children.report({ about, text, ...reporter });
      },
    },
    {
      path: '/report-a-picture',
      page: 'pictured',
      title: 'Report that you are shown',
      whoLooks: 'A colleague looks at it',
      report: ({ link, text }, reporter) => kept.reports.pictured({ link, text, ...reporter }),
    },
  ];

  for (const { path, page, title, whoLooks, report } of forms) {
    router.get(path, (req, res) => send(req, res, page, title));

    router.post(path, async (req, res) => {
      // What is no text is refused where the report is read.
      const { by, ...said } = (req.body ?? {}) as Said & { by?: string };
      const reporter = { ...(by !== undefined && by !== '' && { by: { address: by } }), from: req.ip ?? 'nowhere' };
      const { number } = await report(said, reporter);
      const thanks = `Thank you. ${whoLooks}, before other work. If you write to us about it, name ${number}.`;
      if (req.accepts(['html', 'json']) === 'json') res.status(201).json({ reference: number });
      else send(req, res.status(201), 'message', 'We have your report', { text: thanks });
    });
  }
  return router;
}
