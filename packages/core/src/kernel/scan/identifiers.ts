/** Shorter ones stand in texts and numbers by chance. */
const SHORTEST = 6;
/** Inside a longer word, such as `avatar_65f0….png`, only what is this long tells somebody. */
const SHORTEST_PART = 12;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** By what a person is recognised in places that the inventory does not know; keys too short to tell are left out. */
export function identifiersOf({ subject, addresses }: { subject: string; addresses: readonly string[] }): string[] {
  return [subject, ...addresses].map((each) => each.trim().toLowerCase()).filter((each) => each.length >= SHORTEST);
}

/** Whether one of them stands in the text as a word of its own, such as an address in a sentence or in a URL, or a key as part of one. */
export function holdsIdentifier(text: string, identifiers: ReadonlySet<string>): boolean {
  if (identifiers.size === 0 || text.length < SHORTEST) return false;
  for (const [word] of text.replaceAll(/%40/g, '@').matchAll(/[^\s<>()[\]{}"'`,;:=&?/\\|]+/g)) {
    if (word.length < SHORTEST) continue;
    const lower = word.replace(/[.!*]+$/, '').toLowerCase();
    if (identifiers.has(lower) || partsOf(lower).some((part) => identifiers.has(part))) return true;
  }
  return false;
}

function partsOf(word: string): string[] {
  if (word.length <= SHORTEST_PART || !/[._-]/.test(word)) return [];
  const parts = [...word.split(/[._-]+/), ...(word.match(UUID) ?? [])];
  return parts.filter(({ length }) => length >= SHORTEST_PART);
}
