import type { mongo } from 'mongoose';
import { addressOfSubject, deviceOfSubject, subjectAtAddress } from '../../kernel/policy/personWithoutAccount.ts';
import { accountAddresses, addressPaths } from './accountAddresses.ts';
import { addressForms } from './addresses.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyForms, keyText } from './keyForms.ts';
import { ofKind, queryPath, subjectCollection } from './subjectFilter.ts';

const anyCase = { locale: 'en', strength: 2 };

/** Accounts at which the address is registered; where there is none, who is known by nothing else, if records say so. */
export async function subjectsAt(host: HostDatabase, address: string): Promise<string[]> {
  const accounts = await accountsAt(host, address);
  if (accounts.length > 0 || address.trim() === '') return accounts;
  const alone = subjectAtAddress(address);
  return (await hasRecords(host, alone, 'address')) ? [alone] : [];
}

export async function exists(host: HostDatabase, subject: string): Promise<boolean> {
  const { name, subject: path, ...rest } = subjectCollection(host.policy.inventory);
  const filter = ofKind({ name, subject: path, ...rest }, { [path.key]: { $in: keyForms(subject) } });
  if ((await host.raw(name).countDocuments(filter, { limit: 1 })) > 0) return true;
  if (addressOfSubject(subject) !== undefined) return hasRecords(host, subject, 'address');
  return deviceOfSubject(subject) !== undefined && hasRecords(host, subject, 'device');
}

async function accountsAt({ policy, raw }: HostDatabase, address: string): Promise<string[]> {
  const subjects = subjectCollection(policy.inventory);
  const wanted = address.trim().toLowerCase();
  const paths = subjects.subject.addresses.map(queryPath);
  if (paths.length === 0) return [];
  const filter = ofKind(subjects, { $or: paths.map((path) => ({ [path]: { $in: addressForms(address) } })) });
  const projection = Object.fromEntries(
    [subjects.subject.key, ...addressPaths(subjects.subject)].map((path) => [path, 1]),
  );
  // Hosts keep addresses as typed, and two accounts may differ in nothing but case. An index with this collation serves.
  const alike: mongo.Document[] = await raw(subjects.name).find(filter, { projection, collation: anyCase }).toArray();
  // A collation takes more for equal than case, such as wide letters: those are other people.
  return alike
    .filter((each) => accountAddresses(subjects.subject, each).includes(wanted))
    .map((each) => keyText(each[subjects.subject.key]));
}

async function hasRecords(host: HostDatabase, subject: string, by: 'address' | 'device'): Promise<boolean> {
  for (const collection of host.policy.inventory.collections) {
    if (collection.subject.by !== by) continue;
    const filter = await host.ofSubject(collection, [subject]);
    if ((await host.raw(collection.name).countDocuments(filter, { limit: 1 })) > 0) return true;
  }
  return false;
}
