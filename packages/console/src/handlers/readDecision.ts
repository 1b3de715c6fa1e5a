import { z } from 'zod';
import {
  type CorrectedValue,
  KeptError,
  type RightDecision,
  type StoredRequest,
  type WantedCorrection,
} from '../kept.ts';
import { readForm, typed } from './readForm.ts';
import { rowsOf } from './rowsOf.ts';

type Form = Readonly<Record<string, string>>;

const words = typed.max(4_000, 'is longer than 4,000 characters');
const cited = typed.max(200, 'is longer than 200 characters');
const optional = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional();

const contest = z.object({ outcome: z.enum(['upheld', 'rejected']), reason: words });
const balance = z.object({
  purpose: typed,
  outcome: z.enum(['upheld', 'overridden'], 'is not chosen'),
  interests: words,
  reasons: words,
  article: cited,
});
const correction = z.object({
  field: z.string().regex(/^\S+ \S+$/, 'is none'),
  record: optional,
  was: optional,
  value: typed,
  kind: z.enum(['text', 'number', 'yes-no']),
  only: z.literal('yes').optional(),
});
const statement = z.object({ 'statement-field': z.string().regex(/^\S+ \S+$/, 'is none'), statement: words });
const pictured = z.object({ outcome: z.enum(['takedown', 'blur']), article: cited });
const share = z.coerce.number('is no number').min(0, 'is below 0').max(100, 'is above 100');
const face = z.object({ store: typed, file: typed, x: share, y: share, width: share, height: share });

/** What somebody decided in the form of this request. Throws FORM_INVALID naming the fields. */
export function readDecision({ right, report }: StoredRequest, form: Form): RightDecision {
  if (report === 'pictured') return picturedIn(form);
  switch (right) {
    case 'complaint':
    case 'appeal':
      return { right, ...readForm(contest, form) };
    case 'objection':
      return { right, balances: rowsOf(form, 'purpose').map((row) => readForm(balance, row)) };
    case 'rectification': {
      const corrections = rowsOf(form, 'field').map((row) => correctionIn(readForm(correction, row)));
      return form.statement ? { right, corrections, statements: [statementIn(form)] } : { right, corrections };
    }
    default:
      throw new KeptError('DECISION_INVALID', 'Nothing is to be weighed here', {
        place: 'request',
        remedy: 'Look at what the request asks for.',
      });
  }
}

function correctionIn({ field, record, was, value, kind, only }: z.infer<typeof correction>): WantedCorrection {
  const before = was === undefined ? {} : { was: writtenAs(was, kind) };
  return {
    ...placeOf(field),
    ...(record !== undefined && { record }),
    ...before,
    value: writtenAs(value, kind),
    ...(only && { only: true }),
  };
}

function writtenAs(text: string, kind: 'text' | 'number' | 'yes-no'): CorrectedValue {
  if (kind === 'text') return text;
  if (kind === 'number' && Number.isFinite(Number(text))) return Number(text);
  if (kind === 'yes-no' && /^(yes|no|true|false)$/i.test(text)) return /^(yes|true)$/i.test(text);
  throw new KeptError('FORM_INVALID', 'The form is not complete: the value is not of the kind that was chosen', {
    place: 'form',
    remedy: 'Write a number as 12.5, and yes or no in words; everything else is text.',
  });
}

function statementIn(form: Form): { collection: string; field: string; text: string } {
  const { 'statement-field': at, statement: text } = readForm(statement, form);
  return { ...placeOf(at), text };
}

function placeOf(at: string): { collection: string; field: string } {
  const [collection = '', field = ''] = at.split(' ');
  return { collection, field };
}

function picturedIn(form: Form): RightDecision {
  const taken = readForm(pictured, form);
  const decision = { right: 'erasure', report: 'pictured', ...taken } as const;
  if (taken.outcome === 'takedown') return decision;
  const faces = rowsOf(form, 'file').map((row) => {
    const { x, y, width, height, ...of } = readForm(face, row);
    return { ...of, x: x / 100, y: y / 100, width: width / 100, height: height / 100 };
  });
  return { ...decision, faces };
}
