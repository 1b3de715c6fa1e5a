import { mediaInvalid } from './mediaFault.ts';

/** Big-endian numbers and codes at a place; MEDIA_INVALID where that place is outside. */
export function u8(bytes: Uint8Array, at: number): number {
  const value = bytes[at];
  if (value === undefined) throw mediaInvalid('A length or an offset in the file points outside of it.');
  return value;
}

export function u16(bytes: Uint8Array, at: number): number {
  return u8(bytes, at) * 0x100 + u8(bytes, at + 1);
}

export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x10000 + u16(bytes, at + 2);
}

/** 64 bits; MEDIA_INVALID beyond 2^53, which no file reaches. */
export function u64(bytes: Uint8Array, at: number): number {
  const value = u32(bytes, at) * 0x1_0000_0000 + u32(bytes, at + 4);
  if (!Number.isSafeInteger(value)) throw mediaInvalid('A length or an offset in the file is larger than any file.');
  return value;
}

/** As WebP and GIF count. */
export function u32le(bytes: Uint8Array, at: number): number {
  return u8(bytes, at) + u8(bytes, at + 1) * 0x100 + u8(bytes, at + 2) * 0x10000 + u8(bytes, at + 3) * 0x100_0000;
}

/** Four letters, one byte each. */
export function code(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(u8(bytes, at), u8(bytes, at + 1), u8(bytes, at + 2), u8(bytes, at + 3));
}

/** Whether the bytes begin with this text, one byte a letter. */
export function begins(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
