/** A mapping as JSON has it: own keys and no class. Roots of other realms count as well. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (ArrayBuffer.isView(value) || timeOf(value) !== undefined) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What stands in a mapping or list, without running anything: a getter comes out as a function, as JSON has none. */
export function plainEntries(value: object): [key: string | symbol, inner: unknown][] {
  return Reflect.ownKeys(value).flatMap((key): [string | symbol, unknown][] => {
    const found = Object.getOwnPropertyDescriptor(value, key);
    if (found === undefined || !found.enumerable) return [];
    return [[key, found.get === undefined && found.set === undefined ? found.value : found.get]];
  });
}

/** Milliseconds of a date, of whatever realm; undefined for anything else. */
function timeOf(value: unknown): number | undefined {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

/** Bytes, whatever view of them was given; not copied. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]' && isBuffer(value)
    ? new Uint8Array(value)
    : undefined;
}

/** The tag alone could be feigned. */
function isBuffer(value: unknown): value is ArrayBuffer {
  try {
    return Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')?.get?.call(value) >= 0;
  } catch {
    return false;
  }
}

/** A single value that JSON can say, or a date, as a copy of its own; undefined for anything else. */
export function plainScalar(value: unknown): string | number | boolean | null | Date | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const time = typeof value === 'object' ? timeOf(value) : undefined;
  return time === undefined || Number.isNaN(time) ? undefined : new Date(time);
}
