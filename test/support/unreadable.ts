/** A database as it is while none of its collections can be read. */
export function unreadable(db: object): unknown {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'collection') {
        return () => {
          throw new Error('no connection');
        };
      }
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
