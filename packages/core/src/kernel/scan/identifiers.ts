/** Shorter ones stand in texts and numbers by chance. */
const SHORTEST = 6;

/** By what a person is recognised in places that the inventory does not know; keys too short to tell are left out. */
export function identifiersOf({ subject, addresses }: { subject: string; addresses: readonly string[] }): string[] {
  return [subject, ...addresses].map((each) => each.trim().toLowerCase()).filter((each) => each.length >= SHORTEST);
}

/** Whether one of them stands in the text as a word of its own, such as an address in a sentence or in a URL. */
export function holdsIdentifier(text: string, identifiers: ReadonlySet<string>): boolean {
  if (identifiers.size === 0 || text.length < SHORTEST) return false;
  for (const [word] of text.replaceAll(/%40/g, '@').matchAll(/[^\s<>()[\]{}"'`,;:=&?/\\|]+/g)) {
    if (word.length >= SHORTEST && identifiers.has(word.replace(/[.!*]+$/, '').toLowerCase())) return true;
  }
  return false;
}
