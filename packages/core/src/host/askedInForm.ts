import { RIGHTS, type Right } from '../kernel/classify/right.ts';
import type { CorrectedValue } from '../kernel/request/asks.ts';
import { inputInvalid } from './inputInvalid.ts';

const MOST_TEXT = 10_000;
const MOST_FIELD = 20_000;

/** What a form, or a program, asks for. */
export interface Asked {
  readonly right: Right;
  /** As it came; it is checked where the request is opened. */
  readonly asks?: unknown;
  readonly text: string;
}

/** Reads the body of a request: `asks` as it is, or the fields of our own form. Throws INPUT_INVALID. */
export function askedInForm(body: unknown): Asked {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const right = RIGHTS.find((each) => each === given.right);
  if (!right) throw inputInvalid('right', `Name one of: ${RIGHTS.join(', ')}.`);
  const text = textOf(given.text);
  const asks = given.asks === undefined ? asksOf(right, given) : given.asks;
  if (!text && (right === 'complaint' || right === 'appeal')) throw inputInvalid('text', 'Say what it is about.');
  // A program may leave the rest to the staff, whom its own page has told; our form asks for one of them.
  if (given.field === '' && !text)
    throw inputInvalid('text', 'Choose what is wrong and write what is right, or describe it.');
  return { right, ...(asks !== undefined && { asks }), text: text || `Asked on the privacy page: ${right}` };
}

function asksOf(right: Right, given: Record<string, unknown>): object | undefined {
  if (right === 'objection' && given.purposes !== undefined) return { purposes: listOf(given.purposes) };
  if (right === 'withdraw-consent' && given.flags !== undefined) return { flags: listOf(given.flags) };
  if (right === 'restriction' && given.ground !== undefined) return { ground: given.ground };
  if (right === 'rectification' && given.field !== undefined && given.field !== '') return correctionOf(given);
  return undefined;
}

/** The field of the form names its place, and what stands there, as JSON. */
function correctionOf({ field, value }: Record<string, unknown>): object {
  const place = parsed(field);
  if (typeof value !== 'string' || value.trim() === '') throw inputInvalid('value', 'Write what is right.');
  return { corrections: [{ ...place, value: asWas(value.trim(), place.was) }] };
}

function parsed(field: unknown): { readonly was?: CorrectedValue } {
  if (typeof field === 'string' && field.length <= MOST_FIELD) {
    try {
      const place: unknown = JSON.parse(field);
      if (typeof place === 'object' && place !== null) return place;
    } catch {
      // Falls to the refusal below.
    }
  }
  throw inputInvalid('field', 'Choose what is wrong from the list.');
}

/** A form knows texts only: where a number or a yes stood, one is meant. */
function asWas(value: string, was: CorrectedValue | undefined): CorrectedValue {
  if (typeof was === 'number' && Number.isFinite(Number(value))) return Number(value);
  if (typeof was === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string' && value.length <= MOST_TEXT) return value.trim();
  throw inputInvalid('text', `Write at most ${MOST_TEXT} characters.`);
}
