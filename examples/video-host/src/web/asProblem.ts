import type { ErrorRequestHandler } from 'express';
import { tellable } from './refusal.ts';

/** Answers an error of an API as a problem document (RFC 9457), which says no more than the caller may know. */
export const asProblem: ErrorRequestHandler = (thrown: Error & { status?: number }, _req, res, next) => {
  if (res.headersSent) return next(thrown);
  const error = tellable(thrown);
  const status = error.status ?? 500;
  const detail =
    error.name === 'Refusal' ? error.message : status < 500 ? 'The body could not be read.' : 'Something broke here.';
  res.status(status).type('application/problem+json').json({ type: 'about:blank', status, detail });
};
