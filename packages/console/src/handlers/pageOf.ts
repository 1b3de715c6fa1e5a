/** The page that an address asks for, from 1; whatever is no page number is the first. */
export function pageOf(asked: string | undefined): number {
  const page = Number(asked);
  return Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1;
}
