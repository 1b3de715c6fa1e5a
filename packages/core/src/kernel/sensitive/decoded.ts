import { fromBase64 } from '../egress/base64.ts';
import type { Field } from '../policy/inventory.ts';
import { bytesAsText } from './bytesAsText.ts';

/**
 * What a field means, where it is stored in a transformed way: a text of JSON, of base64, or of JSON in base64. The value
 * itself where nothing is said, or where it cannot be read as that.
 */
export function decoded(value: unknown, field: Pick<Field, 'stored'> | undefined): unknown {
  if (field?.stored === undefined || typeof value !== 'string') return value;
  const text = field.stored === 'json' ? value : textOfBase64(value);
  if (text === undefined || field.stored === 'base64') return text ?? value;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The text that a value is the base64 of, where the field says that it is; undefined for all others. */
export function hiddenText(value: unknown, field: Pick<Field, 'stored'> | undefined): string | undefined {
  const isHidden = field?.stored === 'base64' || field?.stored === 'base64-json';
  return isHidden && typeof value === 'string' ? textOfBase64(value) : undefined;
}

function textOfBase64(value: string): string | undefined {
  const bytes = fromBase64(value);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytesAsText(bytes);
  }
}
