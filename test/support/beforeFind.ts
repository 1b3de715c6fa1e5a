import type mongoose from 'mongoose';

/** A database in which something else happens whenever one document of a collection is about to be read. */
export function beforeFind(
  db: mongoose.mongo.Db,
  collection: string,
  happens: () => Promise<unknown>,
): mongoose.mongo.Db {
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== 'collection') return typeof value === 'function' ? value.bind(target) : value;
      return (of: string, ...rest: []) => {
        const real = target.collection(of, ...rest);
        if (of !== collection) return real;
        const findOne: typeof real.findOne = async (...asked: []) => {
          await happens();
          return real.findOne(...asked);
        };
        return new Proxy(real, {
          get(one, call) {
            const method = Reflect.get(one, call);
            if (call === 'findOne') return findOne;
            return typeof method === 'function' ? method.bind(one) : method;
          },
        });
      };
    },
  });
}
