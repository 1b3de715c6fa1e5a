import { mongo } from 'mongoose';

const { EJSON } = mongo.BSON;
const SPELT = ['ObjectId', 'UUID', 'Long', 'Int32', 'Double', 'Decimal128'];

/**
 * A subject key comes as a string; hosts store ObjectIds, UUIDs, numbers, strings or objects.
 * All forms that the string may stand for are asked for at once, so that an index still serves.
 */
export function keyForms(key: string): unknown[] {
  const forms: unknown[] = [key];
  if (/^[0-9a-f]{24}$/i.test(key)) forms.push(new mongo.ObjectId(key));
  // Somebody with the key 007 is not number 7.
  if (/^-?\d{1,15}$/.test(key) && String(Number(key)) === key) forms.push(Number(key));
  if (/^-?\d{16,19}$/.test(key) && String(BigInt.asIntN(64, BigInt(key))) === key)
    forms.push(mongo.Long.fromString(key));
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) forms.push(new mongo.UUID(key));
  const compound = key.startsWith('{') ? compoundKey(key) : undefined;
  if (compound !== undefined) forms.push(compound);
  return forms;
}

/** The string form of a key as it stands in the host's database; of a compound one its canonical Extended JSON. */
export function keyText(key: unknown): string {
  if (typeof key !== 'object' || key === null) return String(key);
  const type = (key as { _bsontype?: string })._bsontype;
  const isSpelt = SPELT.includes(type ?? '') || (type === 'Binary' && (key as mongo.Binary).sub_type === 4);
  return isSpelt ? spelt(key) : EJSON.stringify(key, { relaxed: false });
}

/** Tells apart what reads alike, such as an ObjectId and a text of the same letters. */
export function keyIdentity(key: unknown): string {
  return EJSON.stringify({ key }, { relaxed: false });
}

function spelt(key: object): string {
  const isBytes = (key as { _bsontype?: string; toUUID?: unknown })._bsontype === 'Binary' && 'toUUID' in key;
  return String(isBytes ? (key as mongo.Binary).toUUID() : key);
}

/** Only what reads back to the very same text: nothing that a database takes for an operator comes in as a key. */
function compoundKey(text: string): unknown {
  try {
    const key: unknown = EJSON.parse(text, { relaxed: false });
    return keyText(key) === text && !holdsOperator(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function holdsOperator(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || '_bsontype' in value || value instanceof Date) return false;
  return Object.entries(value).some(([name, each]) => name.startsWith('$') || holdsOperator(each));
}
