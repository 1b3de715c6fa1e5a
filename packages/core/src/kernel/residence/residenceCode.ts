/** Codes that people write for a country beside that of ISO 3166. */
const ALSO: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/**
 * The ISO 3166 code of a residence as a host keeps it, such as `DE` or `US-CA`; undefined where it is none. Names are no
 * codes: by its first letters "Austria" would be Australia, and "California" Canada.
 */
export function residenceCode(written: string | undefined): string | undefined {
  const code = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.exec(written?.trim().toUpperCase() ?? '')?.[0];
  return code && (ALSO[code] ?? code);
}
