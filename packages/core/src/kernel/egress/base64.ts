const PART = 0x8000;

/** Bytes of base64 or base64url, with or without its padding; undefined for what is neither. */
export function fromBase64(text: string): Uint8Array | undefined {
  const letters = text.replaceAll(/[\s=]/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (letters.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(letters)) return undefined;
  const binary = atob(letters);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += PART) binary += String.fromCharCode(...bytes.subarray(at, at + PART));
  return btoa(binary);
}
