import { fromBase64, toBase64 } from '../../kernel/egress/base64.ts';
import { egressInvalid } from '../../kernel/egress/egressInvalid.ts';
import type { Leaf } from '../../kernel/egress/listedLeaves.ts';
import { neutralName } from '../../kernel/egress/neutralName.ts';
import { personalSpans, type Sought, withoutSpans } from '../../kernel/egress/personalSpans.ts';
import type { World } from '../world.ts';

/** A value as it may leave, and what had to go for that. */
export interface CleanLeaf extends Pick<Leaf, 'at' | 'field'> {
  /** Absent where nothing of it may leave. */
  readonly value?: Leaf['value'];
  /** Of a file in bytes: its type, such as `image/jpeg`. */
  readonly type?: string;
  /** Where the host keeps what was recognised in it. */
  readonly personal: readonly string[];
  /** Kinds of what was taken out of a file. */
  readonly media: readonly string[];
}

/** Throws EGRESS_INVALID for an address that no store has issued, and MEDIA_REFUSED and MEDIA_INVALID for files. */
export async function cleanLeaf(world: World, leaf: Leaf, sought: Sought): Promise<CleanLeaf> {
  const { at, field, value } = leaf;
  if (value instanceof Uint8Array) return stripped(world, leaf, value, (bytes) => bytes);
  if (typeof value !== 'string') return { at, field, ...cleanScalar(value, sought), media: [] };
  switch (field.media) {
    case 'base64':
      return encoded(world, leaf, value);
    case 'url':
      return addressed(world, leaf, value, sought);
    case 'name':
      return { at, field, value: neutralName(value), personal: [], media: [] };
    default:
      return { at, field, ...cleanText(value, sought), media: [] };
  }
}

/** A number is only ever recognised as a whole. */
function cleanScalar(
  value: Exclude<Leaf['value'], string | Uint8Array>,
  sought: Sought,
): Pick<CleanLeaf, 'value' | 'personal'> {
  if (typeof value !== 'number') return { value, personal: [] };
  const spans = personalSpans(String(value), sought);
  return spans.length === 0 ? { value, personal: [] } : { personal: spans.map(({ path }) => path) };
}

export function cleanText(text: string, sought: Sought): Pick<CleanLeaf, 'value' | 'personal'> {
  const spans = personalSpans(text, sought);
  if (spans.length === 0) return { value: text, personal: [] };
  const personal = spans.map(({ path }) => path);
  const left = withoutSpans(text, spans);
  // What is left must not read as another value: two halves may meet around what was taken out.
  return personalSpans(left, sought).length === 0 ? { value: left, personal } : { personal };
}

function encoded(world: World, leaf: Leaf, value: string): CleanLeaf {
  const [, prefix, letters = value] = /^data:([^,]*?);base64,(.*)$/s.exec(value) ?? [];
  const bytes = fromBase64(letters);
  if (bytes === undefined) {
    throw egressInvalid(leaf.field.path, 'The file is not in base64', 'Encode it, or list it as bytes.');
  }
  return stripped(world, leaf, bytes, (clean, type) => {
    const text = toBase64(clean);
    return prefix === undefined ? text : `data:${type};base64,${text}`;
  });
}

function stripped(
  world: World,
  { at, field }: Leaf,
  bytes: Uint8Array,
  form: (bytes: Uint8Array, type: string) => string | Uint8Array,
): CleanLeaf {
  const { type, bytes: clean, removed } = world.media.strip(bytes);
  return { at, field, value: form(clean, type), type, personal: [], media: removed };
}

async function addressed(world: World, { at, field }: Leaf, value: string, sought: Sought): Promise<CleanLeaf> {
  const address = await world.files[field.file ?? '']?.strippedUrl?.(value);
  if (address !== undefined) {
    // Signed addresses hold keys of the store; of the person they may hold nothing, and cannot be shortened.
    const { personal } = cleanText(address, { ...sought, finder: () => [] });
    return { at, field, ...(personal.length === 0 && { value: address }), personal, media: [] };
  }
  throw egressInvalid(
    field.path,
    'The file store does not serve this file without what it tells beside its content',
    'Hand over the key of a stored file, from a store that offers strippedUrl, or the bytes.',
  );
}
