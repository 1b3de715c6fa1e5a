// Runs inside a function whose arguments are `kinds` (key or beginning* -> kind) and `allowed` (kinds that may be stored now).
// A key of no kind, or of a kind that may not be stored, is neither written nor left where an earlier page wrote it.

const stores = { local: window.localStorage, session: window.sessionStorage };
const write = Storage.prototype.setItem;
const beginnings = Object.keys(kinds)
  .filter((name) => name.endsWith('*'))
  .sort((a, b) => b.length - a.length);

function kindOf(key) {
  if (Object.hasOwn(kinds, key) && !key.endsWith('*')) return kinds[key];
  const beginning = beginnings.find((name) => key.startsWith(name.slice(0, -1)));
  return beginning === undefined ? undefined : kinds[beginning];
}

function isAllowed(key) {
  return allowed.includes(kindOf(String(key)));
}

function sweep() {
  for (const store of Object.values(stores)) {
    for (const key of Object.keys(store)) if (!isAllowed(key)) store.removeItem(key);
  }
}

const targets = new WeakMap();
Storage.prototype.setItem = function setItem(key, value) {
  if (isAllowed(key)) write.call(targets.get(this) ?? this, key, value);
};

// `localStorage.theme = 'dark'` writes without `setItem`.
function governed(store) {
  const proxy = new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, key, value) {
      target.setItem(String(key), value);
      return true;
    },
    defineProperty(target, key, { value }) {
      target.setItem(String(key), value);
      return true;
    },
  });
  targets.set(proxy, store);
  return proxy;
}
for (const [name, store] of [
  ['localStorage', governed(stores.local)],
  ['sessionStorage', governed(stores.session)],
]) {
  Object.defineProperty(window, name, { configurable: false, enumerable: true, get: () => store });
}

sweep();

// For the page: what is stored, of which kind; and the same rules again after a choice was made without loading the page anew.
window.keptStorage = Object.freeze({
  list: () =>
    Object.entries(stores).flatMap(([store, { length }]) =>
      Array.from({ length }, (_, at) => stores[store].key(at)).map((key) => ({ store, key, kind: kindOf(key) })),
    ),
  allow(kindsNow) {
    allowed = [...kindsNow];
    sweep();
  },
});
