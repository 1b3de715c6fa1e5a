import { KeptError } from '../../kernel/keptError.ts';
import type { Inventory } from '../../kernel/policy/inventory.ts';
import { fileName } from '../fileName.ts';
import type { OtherSource, OtherSources } from '../ports/otherSource.ts';
import type { PersonalDataSource } from '../ports/personalDataSource.ts';
import { residueOfAll } from './residueOfAll.ts';

/**
 * The host's database and what lies elsewhere, as one source: whoever asks for a collection reaches the source that the
 * inventory names for it, whoever asks for a person reaches all. Where one cannot be asked nothing is answered, so that
 * nobody takes a part for the whole. People are those of the database.
 */
export function severalSources(
  own: PersonalDataSource,
  others: OtherSources,
  inventory: Inventory,
): PersonalDataSource {
  const nameOf = (collection: string): string | undefined =>
    inventory.collections.find(({ name }) => name === collection)?.source;
  const used = [...new Set(inventory.collections.flatMap(({ source }) => source ?? []))];
  if (used.length === 0) return own;
  const all = (): [name: string | undefined, source: OtherSource][] => [
    [undefined, own],
    ...used.map((name): [string, OtherSource] => [name, sourceNamed(others, name)]),
  ];
  const at = <K extends Member>(collection: string, member: K): PersonalDataSource[K] => {
    const name = nameOf(collection);
    const source: OtherSource = name === undefined ? own : sourceNamed(others, name);
    const found = source[member];
    if (typeof found !== 'function') throw cannot(name ?? '', member);
    return found.bind(source) as PersonalDataSource[K];
  };

  return {
    kind: 'several',
    subjectsAt: (address) => own.subjectsAt(address),
    addressesOf: (subject) => own.addressesOf(subject),
    exists: (subject) => own.exists(subject),
    subjects: (limit, after) => own.subjects(limit, after),
    profilesOf: (subjects) => own.profilesOf(subjects),

    async survey(subject) {
      const found = await Promise.all(
        all().map(async ([name, source]) =>
          (await source.survey(subject)).filter(({ collection }) => nameOf(collection) === name),
        ),
      );
      return found.flat();
    },
    async identify(subject) {
      const told = await Promise.all(all().map(([, source]) => source.identify(subject)));
      const every = <K extends 'addresses' | 'forms' | 'beyond'>(part: K) => [
        ...new Set(told.flatMap((each) => each[part] ?? [])),
      ];
      const [forms, beyond] = [every('forms'), every('beyond')];
      return {
        subject,
        addresses: every('addresses'),
        keys: Object.assign({}, ...told.map(({ keys }) => keys)),
        ...(forms.length > 0 && { forms }),
        ...(beyond.length > 0 && { beyond }),
      };
    },
    async ownValues(subject) {
      return (await Promise.all(all().map(([, source]) => source.ownValues(subject)))).flat();
    },
    async stillReferenced(files) {
      const keepers = all().filter(([name]) => holdsFiles(inventory, name));
      const held = await Promise.all(keepers.map(async ([, source]) => (await source.stillReferenced?.(files)) ?? []));
      const names = new Set(held.flat().map(fileName));
      return files.filter((file) => names.has(fileName(file)));
    },
    residue: (identifiers, look) => residueOfAll(all(), nameOf, identifiers, look),

    recordsOf: async (subject, name, ...rest) => at(name, 'recordsOf')(subject, name, ...rest),
    recordsAbout: async (name, ...rest) => at(name, 'recordsAbout')(name, ...rest),
    dueRecords: async (name, due) => at(name, 'dueRecords')(name, due),
    countDue: async (name, due) => at(name, 'countDue')(name, due),
    candidates: async (name, ...rest) => at(name, 'candidates')(name, ...rest),
    factsOf: async (name, ...rest) => at(name, 'factsOf')(name, ...rest),
    recordsNamed: async (name, keys) => at(name, 'recordsNamed')(name, keys),
    bytesOf: async (name, ids) => at(name, 'bytesOf')(name, ids),
    exportOf: async (subject, name, ...rest) => at(name, 'exportOf')(subject, name, ...rest),
    exportAbout: async (subject, name, ...rest) => at(name, 'exportAbout')(subject, name, ...rest),
    endDue: async (name, due) => at(name, 'endDue')(name, due),
    count: async (name, limit) => at(name, 'count')(name, limit),
    remove: async (name, ...rest) => at(name, 'remove')(name, ...rest),
    redact: async (name, ...rest) => at(name, 'redact')(name, ...rest),
    detach: async (name, ids) => at(name, 'detach')(name, ids),
    peopleBy: (name, records) => at(name, 'peopleBy')(name, records),
    valuesOf: async (subject, place, most) => at(place.collection, 'valuesOf')(subject, place, most),
    countHolding: async (subject, place, value) => at(place.collection, 'countHolding')(subject, place, value),
    correct: async (subject, change) => at(change.collection, 'correct')(subject, change),
  };
}

function holdsFiles({ collections }: Inventory, name: string | undefined): boolean {
  return collections.some(({ source, fields }) => source === name && fields.some(({ file }) => file !== undefined));
}

type Member = Exclude<keyof PersonalDataSource, 'kind'>;

function sourceNamed(others: OtherSources, name: string): OtherSource {
  const source = Object.hasOwn(others, name) ? others[name] : undefined;
  if (source) return source;
  throw cannot(name, 'sources');
}

function cannot(name: string, member: string): KeptError {
  return new KeptError('SOURCE_REFUSED', `The source "${name}" has no such power`, {
    place: `sources.${name}, ${member}`,
    remedy: `Give it ${member}, or do this by hand.`,
  });
}
