import { Router } from 'express';
import type { Host } from '../host.ts';
import { textOf } from '../web/formBody.ts';
import { visitorOf } from '../web/guards.ts';
import { Refusal } from '../web/refusal.ts';

/** The support section: an address, and a form that writes a mail to it in the person's name. */
export function support({ mail, render, supportAddress }: Pick<Host, 'mail' | 'render' | 'supportAddress'>): Router {
  const router = Router();

  router.get('/support', (req, res) => {
    render(req, res, 'support', {
      title: 'Support',
      from: visitorOf(req)?.email ?? '',
      sent: req.query.sent === 'yes',
    });
  });

  router.post('/support', async (req, res) => {
    const from = visitorOf(req)?.email ?? textOf(req, 'from');
    const subject = textOf(req, 'subject').replace(/\s+/g, ' ');
    const text = textOf(req, 'text');
    if (!/^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/.test(from))
      throw new Refusal(422, 'Please give the address that the answer goes to.');
    if (text === '' || text.length > 20_000) throw new Refusal(422, 'Please write what it is about.');
    await mail.sendMail({
      from,
      sender: supportAddress,
      to: supportAddress,
      subject: subject || 'Message from the support page',
      text,
    });
    res.redirect(303, '/support?sent=yes');
  });

  return router;
}
