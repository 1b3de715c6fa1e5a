const ZEROS = new Uint8Array(65_536);

/** Whether there is nothing but zeros. */
export function isBlank(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (Buffer.compare(part, ZEROS.subarray(0, part.length)) !== 0) return false;
  }
  return true;
}

/** So many zeros, in pieces of one and the same memory. */
export function* zeros(length: number): Generator<Uint8Array> {
  for (let at = 0; at < length; at += ZEROS.length) yield ZEROS.subarray(0, length - at);
}
