import { copyRecord } from '../../../kernel/access/copyRecord.ts';
import { copyTree } from '../../../kernel/access/copyTree.ts';
import { type Masked, type MaskedKind, maskAddresses, maskOthers } from '../../../kernel/access/maskOthers.ts';
import type { Collection, Field } from '../../../kernel/policy/inventory.ts';
import { covers } from '../../../kernel/policy/vocabulary.ts';
import type { Place } from '../../packages/packageEntry.ts';
import type { World } from '../../world.ts';
import { mediaName } from './fileNames.ts';
import type { RedactionLog } from './redactionLog.ts';

const PAGE = 500;

/** A collection as it goes into somebody's package. */
export interface CopiedCollection {
  readonly collection: Collection;
  /** The fields that are copied. */
  readonly fields: readonly Field[];
  /** Email addresses that stay, in lower case: the person's own, and the controller's. */
  readonly spared: ReadonlySet<string>;
}

export interface CopiedRecord {
  readonly id: string;
  readonly data: Record<string, unknown>;
  readonly files: readonly CopiedFile[];
}

export interface CopiedFile {
  /** Path inside the package. */
  readonly name: string;
  readonly field: string;
  readonly store: string;
  readonly key: string;
}

/** `about`: records that are about the person though somebody else wrote them. */
export type Whose = 'own' | 'about';

/** A page of copies, and where the next one begins. */
export interface CopiedPage {
  readonly records: readonly CopiedRecord[];
  readonly next?: Place;
}

interface Walk {
  readonly whose?: Whose;
  /** Path of the file that the copies go into, for the log. */
  readonly file: string;
  readonly log?: RedactionLog;
  readonly after?: Place;
  readonly limit?: number;
}

/** Records page by page, others masked, files named by their place in the package. */
export async function* copiedPages(
  world: World,
  subject: string,
  copied: CopiedCollection,
  { whose = 'own', file, log, after, limit = PAGE }: Walk,
): AsyncGenerator<CopiedPage> {
  const { collection, fields } = copied;
  const tree = copyTree(withHidden(collection, fields));
  const paths = fields.map(({ path }) => path);
  const { data } = world;
  for (let from = after; ; ) {
    const page =
      whose === 'own'
        ? await data.exportOf(subject, collection.name, paths, limit, from)
        : await data.exportAbout(subject, collection.name, paths, limit, from);
    const records = page.records.map(({ id, fields: values }) => copyOf(world, copied, tree, id, values, log, file));
    const next = page.next as Place | undefined;
    yield { records, ...(next !== undefined && { next }) };
    if (next === undefined) return;
    from = next;
  }
}

/** What is never exported is in the tree too, so that it is cut out of what lies around it. */
function withHidden(collection: Collection, fields: readonly Field[]): Field[] {
  const shown = new Map(fields.map((field) => [field.path, field]));
  return collection.fields.map((field) => shown.get(field.path) ?? { ...field, export: 'never' });
}

function copyOf(
  world: World,
  { collection, spared }: CopiedCollection,
  tree: ReturnType<typeof copyTree>,
  id: string,
  values: object,
  log: RedactionLog | undefined,
  file: string,
): CopiedRecord {
  const files: CopiedFile[] = [];
  const positions = new Map<string, number>();
  const data = copyRecord(tree, values, (field, value) => {
    if (field.file !== undefined) {
      if (typeof value !== 'string' || value === '') return undefined;
      const position = (positions.get(field.path) ?? 0) + 1;
      positions.set(field.path, position);
      const name = mediaName(world, {
        collection: collection.name,
        record: id,
        path: field.path,
        position,
        key: value,
      });
      files.push({ name, field: field.path, store: field.file, key: value });
      return name;
    }
    return masked(field, value, spared, (what, count) =>
      log?.note({ file, field: field.path, what, why: 'others' }, count),
    );
  });
  return { id, data, files };
}

type Note = (what: MaskedKind, count: number) => void;

/** An address in a field that is for addresses is the person's, whichever they gave. */
const CONTACTS = ['account', 'payment'];

function masked(field: Field, value: unknown, spared: ReadonlySet<string>, note: Note): unknown {
  if (value === null) return value;
  if (field.others) {
    const found = maskOthers(field.category, value, spared);
    noteAll(found.masked, note);
    return found.value;
  }
  if (typeof value !== 'string' || CONTACTS.some((word) => covers(word, field.category))) return value;
  const found = maskAddresses(value, spared);
  noteAll(found.masked, note);
  return found.text;
}

function noteAll(masked: Masked['masked'], note: Note): void {
  for (const [what, count] of Object.entries(masked)) note(what as MaskedKind, count);
}
