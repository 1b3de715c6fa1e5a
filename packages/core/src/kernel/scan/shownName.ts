/** Numbers and keys long enough to be somebody's, and addresses. */
const TELLING = /\d{6,}|[0-9a-f-]{16,}|\S*@\S*/gi;

/** Whether the name of a field is one that a programmer gave: what people write as a name may tell of them wherever it is shown. */
export function tellsNobody(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$ -]{0,63}$/u.test(name) && name.search(TELLING) === -1;
}

/** The name of a collection without what would tell of somebody, such as `chat_*` for a collection of one person. */
export function shownCollection(name: string): string {
  return name.replaceAll(TELLING, '*');
}
