const ID = String.raw`[a-z][a-z0-9-]*\.[a-z]+\.[a-z0-9][a-z0-9-]*`;
const HEAD = new RegExp(`^${ID}(?:, ${ID})*(?=: )`);

/** Clause ids that stand in front of a title, as in `pack.kind.name: …` or `pack.kind.one, pack.kind.two: …`. */
export function clausesIn(titles: readonly string[]): string[] {
  return [...new Set(titles.flatMap((title) => HEAD.exec(title)?.[0].split(', ') ?? []))];
}
