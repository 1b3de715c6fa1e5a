/** Makes parts of a picture unrecognisable. Adapter: `sharpBlur`. */
export interface Blur {
  /**
   * The whole picture anew, in its own format, without metadata, and with nothing in the regions from which a face could be
   * told. Throws BLUR_REFUSED for what is no picture that it knows, such as a film, or has several frames.
   */
  cover(picture: Uint8Array, regions: readonly Region[]): Promise<Uint8Array>;
}

/** Part of a picture as it is shown, in shares of its width and height, from 0 to 1: the same for every size of it. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
