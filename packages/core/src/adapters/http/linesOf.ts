import { sourceBroken } from './sourceBroken.ts';
import { fromWire } from './wire.ts';

/** Values that come a line each, the last one `{"end": true}`: without it, the answer broke off, and that is said. */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  member: string,
  longest: number,
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of bytes) {
    rest += decoder.decode(part, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longest) throw sourceBroken(member, 'answers a line without an end');
    for (const line of lines) {
      const value = valueIn(line, member) as { end?: unknown; value?: unknown };
      if (value.end === true) return;
      yield value.value;
    }
  }
  throw sourceBroken(member, 'broke off in the middle of an answer');
}

function valueIn(line: string, member: string): unknown {
  try {
    return fromWire(line);
  } catch (cause) {
    throw sourceBroken(member, 'answered something that is no JSON', cause);
  }
}
