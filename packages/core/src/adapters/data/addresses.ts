/** An address as it was given, and in lower case. */
export function addressForms(address: string): string[] {
  const plain = address.trim();
  return [...new Set([plain, plain.toLowerCase()])];
}

/** Addresses at a path, in the form in which they are compared. */
export function addressesAt(record: unknown, path: string): string[] {
  return textsAt(record, path.split('.')).map((each) => each.trim().toLowerCase());
}

function textsAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsAt(each, path));
  const [first, ...rest] = path;
  if (first === undefined) return typeof value === 'string' ? [value] : [];
  return typeof value === 'object' && value !== null ? textsAt((value as Record<string, unknown>)[first], rest) : [];
}
