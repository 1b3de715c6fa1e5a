/** The same bytes in pieces of one size, the last one shorter; none for no bytes. Each piece is memory of its own. */
export async function* inPieces(content: Uint8Array | AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const bytes of content instanceof Uint8Array ? [content] : content) {
    for (let from = 0; from < bytes.byteLength; ) {
      const part = bytes.subarray(from, from + size - filled);
      piece.set(part, filled);
      from += part.byteLength;
      filled += part.byteLength;
      if (filled < size) continue;
      yield piece;
      piece = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
