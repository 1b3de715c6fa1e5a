import type { CleanLeaf } from '../../engine/egress/cleanLeaf.ts';
import { MOST_SIZE } from '../../kernel/egress/demandBounded.ts';
import { egressInvalid } from '../../kernel/egress/egressInvalid.ts';
import { payloadOf } from '../../kernel/egress/payloadOf.ts';

/** A body as the list of fields names it, and how what is left of it is written again. */
export interface ReadBody {
  readonly body: unknown;
  write(leaves: readonly CleanLeaf[]): {
    readonly body: NonNullable<RequestInit['body']> | null;
    readonly type?: string;
  };
}

/** Throws EGRESS_INVALID for what is too large, or not what its content type says. */
export async function readBody(request: Request): Promise<ReadBody> {
  const bytes = await bytesOf(request);
  const type = request.headers.get('content-type') ?? '';
  if (bytes.length === 0) return { body: undefined, write: () => ({ body: null }) };
  if (/^(application\/([\w.-]+\+)?json)\b/i.test(type)) return json(bytes, type);
  if (/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return form(bytes, type);
  if (/^text\//i.test(type)) return single(new TextDecoder().decode(bytes), type);
  return single(bytes, type);
}

function json(bytes: Uint8Array, type: string): ReadBody {
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return { body, write: (leaves) => ({ body: JSON.stringify(payloadOf(present(leaves))), type }) };
  } catch (cause) {
    throw Object.assign(egressInvalid('body', 'The body is no JSON', 'Send what its content type says.'), { cause });
  }
}

async function form(bytes: Uint8Array, type: string): Promise<ReadBody> {
  const read = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } })
    .formData()
    .catch((cause) => {
      throw Object.assign(egressInvalid('body', 'The body is no form', 'Send what its content type says.'), { cause });
    });
  const body: Record<string, unknown> = Object.create(null);
  for (const name of new Set(read.keys())) {
    const [first, ...others] = await Promise.all(read.getAll(name).map(partOf));
    body[name] = others.length === 0 ? first : [first, ...others];
  }
  const isMultipart = /^multipart/i.test(type);
  return { body, write: (leaves) => ({ body: isMultipart ? formOf(leaves) : new URLSearchParams(textsOf(leaves)) }) };
}

function single(body: string | Uint8Array, type: string): ReadBody {
  return {
    body: { body },
    write([first]) {
      if (first?.value === undefined) return { body: null };
      const { value } = first;
      return {
        body: value instanceof Uint8Array ? (value as Uint8Array<ArrayBuffer>) : String(value),
        type: first.type ?? type,
      };
    },
  };
}

type FormEntry = NonNullable<ReturnType<FormData['get']>>;

async function partOf(value: FormEntry): Promise<string | Uint8Array> {
  return typeof value === 'string' ? value : new Uint8Array(await value.arrayBuffer());
}

function formOf(leaves: readonly CleanLeaf[]): FormData {
  const form = new FormData();
  for (const { at, value, type = 'application/octet-stream' } of present(leaves)) {
    const name = String(at[0]);
    if (!(value instanceof Uint8Array)) form.append(name, String(value));
    else
      form.append(
        name,
        new Blob([value as Uint8Array<ArrayBuffer>], { type }),
        `file.${type.split('/')[1]?.replace('jpeg', 'jpg')}`,
      );
  }
  return form;
}

function textsOf(leaves: readonly CleanLeaf[]): [string, string][] {
  return present(leaves).map(({ at, value }) => [String(at[0]), String(value)]);
}

function present(leaves: readonly CleanLeaf[]): (CleanLeaf & { value: NonNullable<CleanLeaf['value']> | null })[] {
  return leaves.flatMap((leaf) => (leaf.value === undefined ? [] : [{ ...leaf, value: leaf.value }]));
}

async function bytesOf(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > MOST_SIZE) {
      throw egressInvalid('body', `The body is larger than ${MOST_SIZE / 1024 / 1024} MB`, 'Send it as a stream.');
    }
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
