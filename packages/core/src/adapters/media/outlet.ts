const SLAB = 65_536;
const SMALL = 1024;

/** Gathers what goes out: small pieces are copied together, so that a file of many small parts takes no more memory than a file. */
export interface Outlet {
  add(piece: Uint8Array): void;
  /** All that was added since it was asked last. */
  flush(): Uint8Array[];
}

export function outlet(): Outlet {
  let ready: Uint8Array[] = [];
  let slab = new Uint8Array(0);
  let used = 0;
  const close = (): void => {
    if (used > 0) ready.push(slab.subarray(0, used));
    slab = slab.subarray(used);
    used = 0;
  };
  return {
    add(piece) {
      if (piece.length > SMALL) {
        close();
        ready.push(piece);
        return;
      }
      if (used + piece.length > slab.length) {
        close();
        slab = new Uint8Array(SLAB);
      }
      slab.set(piece, used);
      used += piece.length;
    },
    flush() {
      close();
      const all = ready;
      ready = [];
      return all;
    },
  };
}
