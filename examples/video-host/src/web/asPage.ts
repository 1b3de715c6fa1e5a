import type { ErrorRequestHandler } from 'express';
import { tellable } from './refusal.ts';
import type { Render } from './views.ts';

/** Answers an error as a page, or as JSON to whom asks for that; it says no more than the visitor may know. */
export function asPage({ render }: { readonly render: Render }): ErrorRequestHandler {
  return (thrown: Error & { status?: number }, req, res, next) => {
    if (res.headersSent) return next(thrown);
    const error = tellable(thrown);
    const status = error.status ?? 500;
    const message =
      error.name === 'Refusal' ? error.message : status < 500 ? 'This could not be read.' : 'Something broke here.';
    res.status(status);
    if (req.accepts(['html', 'json']) === 'json') res.json({ status, message });
    else render(req, res, 'message', { title: status < 500 ? 'Not quite' : 'Sorry', message });
  };
}
