import { u8 } from './numbersIn.ts';
import { plainProfile } from './plainProfile.ts';

/** Collects the colour profile of a JPEG, which comes in up to 255 parts (ICC.1:2022, B.4). */
export interface ProfileParts {
  /** Takes the number, the count and the data of a part. Answers all parts of the plain profile once the last one is there. */
  add(part: Uint8Array): Uint8Array[];
  /** Whether a profile had begun that decoders would not have got together either. */
  incomplete(): boolean;
}

/** What is taken out, is named in `removed`. Parts of a second profile are left out. */
export function profileParts(removed: Set<string>): ProfileParts {
  const parts = new Map<number, Uint8Array>();
  let count: number | undefined;
  let over = false;
  return {
    add(part) {
      const number = part.length < 2 ? 0 : u8(part, 0);
      count ??= part.length < 2 ? 0 : u8(part, 1);
      if (over || number < 1 || number > count || part[1] !== count || parts.has(number)) {
        removed.add('ICC');
        return [];
      }
      parts.set(number, part);
      if (parts.size < count) return [];
      over = true;
      const ordered = Array.from({ length: count }, (_, index) => parts.get(index + 1) as Uint8Array);
      return plainParts(ordered, removed);
    },
    incomplete: () => parts.size > 0 && !over,
  };
}

function plainParts(parts: readonly Uint8Array[], removed: Set<string>): Uint8Array[] {
  const profile = Buffer.concat(parts.map((part) => part.subarray(2)));
  const plain = plainProfile(profile);
  if (!plain || !profile.equals(plain)) removed.add('ICC');
  if (!plain) return [];
  let at = 0;
  return parts.map((part) => {
    const body = plain.subarray(at, at + part.length - 2);
    at += body.length;
    return Uint8Array.of(...part.subarray(0, 2), ...body);
  });
}
