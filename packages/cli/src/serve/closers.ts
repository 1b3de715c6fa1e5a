/** What has to be closed again, last opened first. Node 22 has no AsyncDisposableStack. */
export interface Closers {
  add(close: () => unknown): void;
  /** Closes everything, whatever fails on the way, and throws the first failure at the end. */
  closeAll(): Promise<void>;
}

export function closers(): Closers {
  const open: (() => unknown)[] = [];
  return {
    add: (close) => void open.push(close),
    async closeAll() {
      const failures: unknown[] = [];
      for (const close of open.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
