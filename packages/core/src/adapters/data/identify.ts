import type { Identifiers } from '../../engine/ports/personalDataSource.ts';
import { addressOfSubject, deviceOfSubject } from '../../kernel/policy/personWithoutAccount.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyText } from './keyForms.ts';
import { commonShapes, shapedKey } from './shapedKey.ts';
import { holding } from './subjectFilter.ts';
import { ways } from './ways.ts';

/** Keys that are taken down of all collections together: a request holds them, and a document has an end. */
const MOST_KEYS = 100_000;

/** Everything by which the subject could be recognised later. */
export async function identify(host: HostDatabase, subject: string, most: number = MOST_KEYS): Promise<Identifiers> {
  const addresses = await addressesOf(host, subject);
  const keys: Record<string, string[]> = {};
  const beyond: string[] = [];
  let room = most;
  for (const name of between(host)) {
    const found: string[] = [];
    for await (const values of ways(host, host.named(name).subject, subject)) {
      const filter = holding(host.named(name), values);
      const records = host.raw(name).find(filter, { projection: { _id: 1 } });
      for (const { _id } of await records.limit(room + 1 - found.length).toArray()) found.push(keyText(_id));
      if (found.length > room) break;
    }
    if (found.length > room) beyond.push(name);
    keys[name] = found.slice(0, room);
    room -= keys[name].length;
  }
  // An address that is not known to be theirs leads to no records, and is told where it stands.
  const unverified = (await host.typedBy(subject)).filter((each) => !addresses.includes(each));
  const forms = [...formsOf(host, subject, addresses), ...unverified];
  return { subject, addresses, keys, forms, ...(beyond.length > 0 && { beyond }) };
}

export async function addressesOf(host: HostDatabase, subject: string): Promise<string[]> {
  const alone = addressOfSubject(subject);
  return alone === undefined ? [...(await host.known.addressesOf([subject]))] : [alone];
}

/** Collections whose records lead from others to the person, or that others are about. */
function between({ policy }: HostDatabase): string[] {
  const ways = policy.inventory.collections.flatMap(({ subject }) =>
    subject.by === 'through' ? [subject.collection] : [],
  );
  return [...new Set(ways)];
}

/** What the host makes of the key and the addresses, by its inventory, and what hosts commonly make of them. */
function formsOf({ policy }: HostDatabase, subject: string, addresses: readonly string[]): string[] {
  const key = deviceOfSubject(subject) ?? subject;
  const declared = policy.inventory.collections.flatMap(({ subject: path }) => {
    if (!('as' in path) || path.as === undefined) return [];
    const { as } = path;
    return path.by === 'address' ? addresses.map((address) => shapedKey(address, as)) : [shapedKey(key, as)];
  });
  return [...new Set([...declared, ...[key, ...addresses].flatMap(commonShapes)])];
}
