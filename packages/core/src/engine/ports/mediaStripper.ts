/**
 * Takes out of a file what tells of a person beside its content: EXIF, XMP, IPTC, place, comments. Pixels and streams stay
 * as they are. Throws where the file is of a kind that it does not know, or broken.
 */
export interface MediaStripper {
  strip(bytes: Uint8Array): StrippedMedia;
  /** The same for what is too large to be held at once. */
  stream(type: string): ByteStream;
}

export interface StrippedMedia {
  /** Such as `image/jpeg`, told by the bytes and not by what anybody says of them. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Kinds of what was taken out, such as `exif`; never what stood there. */
  readonly removed: readonly string[];
}

/** What `pipeThrough` takes. */
export interface ByteStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}
