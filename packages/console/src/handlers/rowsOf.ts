const MOST_ROWS = 40;

/**
 * The rows of a form whose fields end in the number of their row, such as `purpose-0`; those whose `key` is left empty are
 * left out.
 */
export function rowsOf(form: Readonly<Record<string, string>>, key: string): Record<string, string>[] {
  return Array.from({ length: MOST_ROWS }, (_, index) => `-${index}`)
    .filter((ending) => form[`${key}${ending}`]?.trim())
    .map((ending) =>
      Object.fromEntries(
        Object.entries(form)
          .filter(([name]) => name.endsWith(ending))
          .map(([name, value]) => [name.slice(0, -ending.length), value]),
      ),
    );
}
