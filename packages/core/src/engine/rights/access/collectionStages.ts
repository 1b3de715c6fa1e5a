import { csvTables } from '../../../kernel/access/csvTables.ts';
import { recordSchema } from '../../../kernel/access/recordSchema.ts';
import type { World } from '../../world.ts';
import { type CopiedCollection, copiedPages, type Whose } from './copyCollection.ts';
import { safeName } from './fileNames.ts';
import { mediaEntries } from './mediaEntries.ts';
import type { RedactionLog } from './redactionLog.ts';
import { fileStage, type Stage } from './stages.ts';
import { jsonLines, jsonList, shortFile, type TextFile, textFile } from './textEntry.ts';

export type Format = 'json' | 'ndjson' | 'csv';

/** The person's records of a collection, in each format a file, with their schema; then the files that they hold. */
export function collectionStages(
  world: World,
  subject: string,
  copied: CopiedCollection,
  formats: readonly Format[],
): Stage[] {
  const { name } = copied.collection;
  return [
    fileStage(`data ${name}`, (log) => dataFiles(world, subject, copied, formats, log)),
    {
      name: `media ${name}`,
      entries: (_log, from) => mediaEntries(world, subject, copied, from),
    },
  ];
}

/** What others wrote about the person, without who they are. */
export function aboutStage(world: World, subject: string, copied: CopiedCollection): Stage {
  const { name } = copied.collection;
  const file = `${dataName(world, name)}.about-you.json`;
  return fileStage(`about ${name}`, async function* (log) {
    if (await isThere(world, subject, copied, 'about'))
      yield jsonFile(world, subject, copied, { file, whose: 'about', log });
  });
}

/** Where the records of a collection lie in the package, without the ending. */
export function dataName(world: Pick<World, 'crypto'>, collection: string): string {
  return `data/${safeName(world, collection)}`;
}

/** Nothing at all of a collection in which the person has nothing. */
async function* dataFiles(
  world: World,
  subject: string,
  copied: CopiedCollection,
  formats: readonly Format[],
  log: RedactionLog,
): AsyncGenerator<TextFile> {
  const name = dataName(world, copied.collection.name);
  if (!(await isThere(world, subject, copied, 'own'))) return;

  const { collection } = copied;
  const schema = recordSchema(world.policy, collection);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  yield shortFile(`schemas/${safeName(world, collection.name)}.schema.json`, 'application/schema+json', text);
  for (const format of formats) {
    // What is masked is the same in all of them, and counts once.
    const noted = format === formats[0] ? log : undefined;
    if (format === 'csv') yield* csvFiles(world, subject, copied, name);
    else
      yield jsonFile(world, subject, copied, { file: `${name}.${format}`, whose: 'own', ...(noted && { log: noted }) });
  }
}

async function isThere(world: World, subject: string, copied: CopiedCollection, whose: Whose): Promise<boolean> {
  for await (const { records } of copiedPages(world, subject, copied, { whose, file: '', limit: 1 })) {
    if (records.length > 0) return true;
  }
  return false;
}

function jsonFile(
  world: World,
  subject: string,
  copied: CopiedCollection,
  walk: { readonly file: string; readonly whose: Whose; readonly log?: RedactionLog },
): TextFile {
  let count = 0;
  async function* lines(): AsyncGenerator<object> {
    for await (const { records } of copiedPages(world, subject, copied, walk)) {
      for (const { id, data } of records) yield { id, data };
      count += records.length;
    }
  }
  // A record is one record, in however many formats.
  const counted = walk.log && (() => count);
  if (walk.file.endsWith('.ndjson')) return textFile(walk.file, 'application/x-ndjson', jsonLines(lines()), counted);
  return textFile(walk.file, 'application/json', jsonList(lines()), counted);
}

/** A file for the records, and one for each list inside of them, whose items have rows of their own. */
function* csvFiles(world: World, subject: string, copied: CopiedCollection, path: string): Generator<TextFile> {
  for (const { list, columns, rows } of csvTables(copied.fields)) {
    const file = `${path}${list === '' ? '' : `.${safeName(world, list)}`}.csv`;
    async function* lines(): AsyncGenerator<string> {
      yield world.reports.csv([columns]);
      for await (const { records } of copiedPages(world, subject, copied, { file })) {
        const page = records.flatMap(({ id, data }) => rows(id, data));
        if (page.length > 0) yield world.reports.csv(page);
      }
    }
    yield textFile(file, 'text/csv; charset=utf-8; header=present', lines());
  }
}
