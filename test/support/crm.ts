import type { OtherSource, Policy } from '@kept/core';
import { editedPack } from '../kernel/policy/editedPack.ts';

/** Both sides know it. */
export const KEY = 'a key of thirty-two characters, at the least';

export const CONTACTS = `collections:
  contacts:
    source: crm
    subject: { ref: person }
    fields: { phone: account.contact }
`;

/** The pack of Sdance AI with more collections in its inventory, such as `CONTACTS`. */
export function withCollections(text: string): Policy {
  const compiled = editedPack({ inventory: [['collections:\n', text]] });
  if ('policy' in compiled) return compiled.policy;
  throw new Error(JSON.stringify(compiled));
}

interface Contact {
  readonly id: string;
  readonly person: string;
  readonly phone: string;
}

export const contacts = new Map<string, Contact>();
const of = (subject: string): Contact[] => [...contacts.values()].filter(({ person }) => person === subject);

// What stands in the region is printed in docs/guides/data-elsewhere.md.

/** A CRM that somebody else wrote: it can do what every source must, and nothing else. */
// #region crm
export const crm: OtherSource = {
  kind: 'crm',
  survey: async (subject) => [{ collection: 'contacts', count: of(subject).length, files: 0 }],
  recordsOf: async (subject, _collection, limit) =>
    of(subject)
      .slice(0, limit)
      .map(({ id }) => ({ id, files: [] })),
  factsOf: async (_collection, ids) =>
    ids.filter((id) => contacts.has(String(id))).map((id) => ({ id, files: [], anchors: {}, predicates: {} })),
  exportOf: async (subject) => ({ records: of(subject).map(({ id, phone }) => ({ id, fields: { phone } })) }),
  async remove(_collection, ids) {
    for (const id of ids) contacts.delete(String(id));
    return ids.length;
  },
  identify: async (subject) => ({ subject, addresses: [], keys: {} }),
  residue: async ({ subject }) => ({
    found:
      of(subject).length > 0
        ? [{ collection: 'contacts', path: 'person', count: of(subject).length, named: true, leads: true }]
        : [],
    looked: ['contacts'],
    notLooked: [],
  }),
  ownValues: async () => [],
};
// #endregion crm

/** Writes down whose contact it is. */
export function contactOf(person: string, id: string): void {
  contacts.set(id, { id, person, phone: '+49 30 1234' });
}
