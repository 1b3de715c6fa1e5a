import type { Request, RequestHandler } from 'express';

export interface AnsweredCall {
  readonly status: number;
  readonly durationMs: number;
}

/** Has `write` note each call with its outcome. The answer waits for the note, and breaks off where it cannot be made. */
export function callLog(write: (req: Request, call: AnsweredCall) => Promise<unknown>): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const end = res.end.bind(res) as (...parts: unknown[]) => typeof res;
    res.end = ((...parts: unknown[]) => {
      const call = { status: res.statusCode, durationMs: Math.round(performance.now() - started) };
      write(req, call).then(
        () => end(...parts),
        () => res.destroy(),
      );
      return res;
    }) as typeof res.end;
    next();
  };
}
