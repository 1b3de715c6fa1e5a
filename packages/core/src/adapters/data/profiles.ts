import type { Profile } from '../../engine/ports/personalDataSource.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyForms, keyText } from './keyForms.ts';
import { ofKind, queryPath, subjectCollection } from './subjectFilter.ts';
import { dateAt, onlyValueAt } from './valuesAt.ts';

/** What the subjects' own records say of them; subjects without a record are left out. */
export async function profilesOf(
  { policy, raw }: HostDatabase,
  subjects: readonly string[],
): Promise<Map<string, Profile>> {
  const own = subjectCollection(policy.inventory);
  const fieldFor = (category: string): string | undefined => {
    const field = own.fields.find((each) => covers(category, each.category));
    return field && queryPath(field.path);
  };
  const [residence, age] = [fieldFor('account.residence'), fieldFor('account.age')];
  const [traits, anchors] = [pathsOf(own.traits), pathsOf(own.anchors)];
  const { key } = own.subject;
  const paths = [key, residence, age, ...traits.map(last), ...anchors.map(last)].filter((path) => path !== undefined);

  const profiles = new Map<string, Profile>();
  const projection = Object.fromEntries(paths.map((path) => [path, 1]));
  const records = raw(own.name).find(ofKind(own, { [key]: { $in: subjects.flatMap(keyForms) } }), { projection });
  for await (const record of records.batchSize(subjects.length + 1)) {
    const country = residence && textAt(record, residence);
    const birthYear = age && yearOf(onlyValueAt(record, age));
    profiles.set(keyText(record[key]), {
      ...(country && { residence: country }),
      ...(birthYear && { birthYear }),
      traits: Object.fromEntries(traits.map(([name, path]) => [name, textAt(record, path)])),
      anchors: Object.fromEntries(anchors.map(([name, path]) => [name, dateAt(record, path)])),
    });
  }
  return profiles;
}

function pathsOf(fields: Readonly<Record<string, string>> = {}): [name: string, path: string][] {
  return Object.entries(fields).map(([name, path]) => [name, queryPath(path)]);
}

function last([, path]: [string, string]): string {
  return path;
}

function textAt(record: unknown, path: string): string | undefined {
  const value = onlyValueAt(record, path);
  const text = typeof value === 'object' || value === undefined ? '' : String(value).trim();
  return text === '' ? undefined : text;
}

/** Hosts keep a year, a date, or a text that begins with the year. A number of years is an age of no known day, and nothing. */
function yearOf(value: unknown): number | undefined {
  const date = value as Date | undefined;
  const year =
    typeof date?.getTime === 'function' ? date.getUTCFullYear() : Number(/^\d{4}(?=$|-)/.exec(String(value))?.[0]);
  return year >= 1850 && year <= 2200 ? year : undefined;
}
