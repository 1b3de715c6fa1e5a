/** What may leave to one recipient: an allow-list of leaves, and where it may go. Whatever it does not name stays. */
export interface EgressRule {
  readonly recipient: string;
  /** What becomes of a body with fields that are not listed: it goes without them, or not at all. */
  readonly onUnlisted: 'strip' | 'refuse';
  /** What becomes of a listed field in which a value of the person's account or payments stands. */
  readonly onPersonal: 'strip' | 'refuse';
  /** Host names to which `fetch` may go; none: the host sends by itself. */
  readonly hosts: readonly string[];
  readonly fields: readonly EgressField[];
}

export interface EgressField {
  /**
   * Dotted path of a single value in the body; `[]` marks an array, as in `images[].url`. `?name` is a parameter of the address,
   * `body` a body that is one value, such as a picture.
   */
  readonly path: string;
  readonly category: string;
  /** The value is a file, in bytes or base64, its address, or its name. */
  readonly media?: 'bytes' | 'base64' | 'url' | 'name';
  /** Of an address: the file store that serves what is behind it. */
  readonly file?: string;
}
