/** Kinds of stored values, in the words of MongoDB's `$type`; all kinds of numbers are one. */
export type StoredKind =
  | 'string'
  | 'number'
  | 'bool'
  | 'null'
  | 'date'
  | 'objectId'
  | 'binData'
  | 'timestamp'
  | 'minKey'
  | 'maxKey'
  | 'symbol'
  | 'javascript'
  | 'regex'
  | 'array'
  | 'object';

const bsonKinds: Readonly<Record<string, StoredKind>> = {
  ObjectId: 'objectId',
  Binary: 'binData',
  UUID: 'binData',
  Long: 'number',
  Int32: 'number',
  Double: 'number',
  Decimal128: 'number',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
  BSONSymbol: 'symbol',
  Code: 'javascript',
  BSONRegExp: 'regex',
};

/** What stands there, as a driver hands it over. Told by its marks, since several copies of a driver may be at work. */
export function storedKind(value: unknown): StoredKind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'boolean') return 'bool';
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (ArrayBuffer.isView(value)) return 'binData';
  // A record may have a field of that name, and is no other type for it.
  if (Object.hasOwn(value, '_bsontype')) return 'object';
  const { _bsontype, getTime, exec } = value as { _bsontype?: unknown; getTime?: unknown; exec?: unknown };
  if (typeof _bsontype === 'string') return bsonKinds[_bsontype] ?? 'object';
  if (typeof getTime === 'function') return 'date';
  return typeof exec === 'function' ? 'regex' : 'object';
}
