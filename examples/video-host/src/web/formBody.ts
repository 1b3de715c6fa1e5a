import express, { type Request, type RequestHandler } from 'express';
import { Refusal } from './refusal.ts';

export interface Upload {
  readonly bytes: Uint8Array;
}

const raw = express.raw({ type: 'multipart/form-data', limit: '6mb' });

/** Reads forms in all three encodings into `req.body`, a flat record of texts and uploads. */
export const formBody: RequestHandler[] = [
  express.urlencoded({ extended: false, limit: '64kb' }),
  express.json({ limit: '64kb' }),
  raw,
  async (req, _res, next) => {
    if (Buffer.isBuffer(req.body)) req.body = await parts(req);
    next();
  },
];

async function parts(req: Request): Promise<Record<string, string | Upload>> {
  const type = { 'content-type': req.get('content-type') ?? '' };
  const form = await new Response(req.body, { headers: type }).formData().catch(() => {
    throw new Refusal(400, 'The form could not be read. Please send it again.');
  });
  const body: Record<string, string | Upload> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') body[name] = value;
    else if (value.size > 0) body[name] = { bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  return body;
}

/** A text field; anything else under the name counts as absent. */
export function textOf(req: Request, name: string): string {
  const value: unknown = (req.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value.trim() : '';
}

export function uploadOf(req: Request, name: string): Uint8Array | undefined {
  const value: unknown = (req.body as Record<string, unknown> | undefined)?.[name];
  const bytes = (value as Upload | undefined)?.bytes;
  return ArrayBuffer.isView(bytes) ? bytes : undefined;
}
