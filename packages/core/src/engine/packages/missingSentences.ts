/** What is missing from a package and why, a sentence each, by the codes under which it was counted. */
export function missingSentences(missing: Readonly<Record<string, number>>): string[] {
  return Object.entries(missing)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, count]) =>
        `${count === 1 ? 'One file' : `${count} files`} ${WHY[code] ?? `could not be read (${code})`}.`,
    );
}

const WHY: Readonly<Record<string, string>> = {
  FILE_NOT_FOUND: 'could not be found in our storage any more',
  FILE_DENIED: 'could not be read, because our storage refused it',
};
