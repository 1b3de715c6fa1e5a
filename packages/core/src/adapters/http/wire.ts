/** JSON, with instants as `{"$date": "2026-03-03T08:00:00.000Z"}` and keys of records in their string form. */
export function toWire(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, told) {
    const held = this[name];
    return held instanceof Date ? { $date: held.toISOString() } : told;
  });
}

/** Throws SyntaxError for what is no such JSON. */
export function fromWire(text: string): unknown {
  return JSON.parse(text, (_name, value) => {
    if (value === null || typeof value !== 'object' || Object.keys(value).join() !== '$date') return value;
    const instant = new Date(String(value.$date));
    if (Number.isNaN(instant.getTime())) throw new SyntaxError('No instant');
    return instant;
  });
}
