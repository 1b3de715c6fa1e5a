import { bytesAsText } from '../sensitive/bytesAsText.ts';
import type { StoredKind } from './storedKind.ts';

/** Subtype of bytes that are a UUID. */
const UUID = 4;

/** What can be read of a stored value; nothing of a date or a flag. */
export function textIn(value: unknown, kind: StoredKind): string | undefined {
  switch (kind) {
    case 'string':
      return value as string;
    case 'number':
    case 'objectId':
    case 'symbol':
    case 'regex':
      return String(value);
    case 'javascript':
      return String((value as { code?: unknown }).code);
    case 'binData':
      return bytesText(value);
    default:
      return undefined;
  }
}

export function bytesIn(value: unknown): Uint8Array {
  return ArrayBuffer.isView(value) ? (value as Uint8Array) : (value as { buffer: Uint8Array }).buffer;
}

function bytesText(value: unknown): string {
  const isUuid = (value as { sub_type?: unknown }).sub_type === UUID;
  return isUuid ? String(value) : bytesAsText(bytesIn(value));
}
