import { KeptError } from '../../../kernel/keptError.ts';
import { categoryLabel } from '../../../kernel/policy/categoryLabel.ts';
import type { Place } from '../../packages/packageEntry.ts';
import type { World } from '../../world.ts';
import { type CopiedCollection, type CopiedFile, type CopiedRecord, copiedPages } from './copyCollection.ts';
import { mediaTypeOf } from './fileNames.ts';
import type { StagedEntry } from './stages.ts';
import { shortFile } from './textEntry.ts';

/** Files are read one after the other, so few records are held at a time. */
const PAGE = 100;

interface MediaPlace {
  /** Where the page begins; null at the beginning. */
  readonly page: Place;
  /** Records of the page that are behind, by their keys: others may go, or come, until the walk goes on. */
  readonly behind: readonly string[];
  /** The one after them, of which so many entries are behind. */
  readonly record: string;
  readonly count: number;
}

/** The files of the person's records, each behind a note of what it is, from the beginning or from behind one of them. */
export async function* mediaEntries(
  world: World,
  subject: string,
  copied: CopiedCollection,
  from: Place | undefined,
): AsyncGenerator<StagedEntry> {
  if (!copied.fields.some(({ file }) => file !== undefined)) return;
  let start = from as unknown as MediaPlace | undefined;
  let page: Place = start?.page ?? null;
  const walk = copiedPages(world, subject, copied, { file: '', limit: PAGE, ...(page !== null && { after: page }) });
  for await (const { records, next } of walk) {
    const done = [...(start?.behind ?? [])];
    for (const record of records) {
      if (start?.behind.includes(record.id)) continue;
      const behind = [...done];
      const skip = record.id === start?.record ? start.count : 0;
      for (const [index, entry] of filesOf(world, copied, record).entries()) {
        if (index >= skip) yield { ...entry, behind: { page, behind, record: record.id, count: index + 1 } };
      }
      done.push(record.id);
    }
    start = undefined;
    page = next ?? null;
  }
}

function filesOf(world: World, copied: CopiedCollection, record: CopiedRecord): Omit<StagedEntry, 'behind'>[] {
  return record.files.flatMap((file) => {
    const note = (): string => `${JSON.stringify(noteOf(world, copied, record, file), null, 2)}\n`;
    const media = {
      name: file.name,
      type: mediaTypeOf(file.name),
      how: 'store',
      content: contentOf(world, file),
    } as const;
    return [
      shortFile(`${file.name}.json`, 'application/json', note),
      { ...media, counts: () => ({ records: 0, files: 1 }) },
    ];
  });
}

async function* contentOf({ files }: World, { store, key }: CopiedFile): AsyncGenerator<Uint8Array> {
  const there = files[store];
  if (there === undefined) {
    throw new KeptError('FILE_STORE_MISSING', 'The store of a file was not given', {
      place: `files.${store}`,
      remedy: 'Hand it over to createKept.',
    });
  }
  yield* await there.read(key);
}

/** What the file is, and what the record says around it, such as the prompt and the time. */
function noteOf(
  { policy }: World,
  { collection, fields }: CopiedCollection,
  { id, data }: CopiedRecord,
  file: CopiedFile,
) {
  const category = fields.find(({ path }) => path === file.field)?.category ?? '';
  return {
    file: file.name.split('/').at(-1),
    what: categoryLabel(policy, [category]),
    collection: collection.name,
    record: id,
    field: file.field,
    data: around(data, file.name),
  };
}

/** A record without the items of its lists but the one that holds the file: a batch of many has many files. */
function around(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    const item = value.find((each) => holds(each, name));
    return item === undefined ? undefined : around(item, name);
  }
  if (typeof value !== 'object' || value === null) return value;
  const left = Object.entries(value).flatMap(([key, each]) => {
    const part = around(each, name);
    return part === undefined ? [] : [[key, part] as const];
  });
  return Object.fromEntries(left);
}

function holds(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return value === name;
  return Object.values(value).some((each) => holds(each, name));
}
