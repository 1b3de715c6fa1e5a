/** Of a value of bytes, as much as this is read. */
const MOST = 1024 * 1024;
const PART = 8192;

/**
 * Bytes as a text to be searched, one by one: digits are the same in every encoding that has them in one byte, and in
 * two-byte ones beside zeros.
 */
export function bytesAsText(bytes: Uint8Array): string {
  const read = bytes.subarray(0, MOST);
  let text = '';
  for (let at = 0; at < read.length; at += PART) text += String.fromCharCode(...read.subarray(at, at + PART));
  return text.replaceAll('\0', '');
}
