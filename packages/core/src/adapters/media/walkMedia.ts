import { isBlank, zeros } from './isBlank.ts';
import { mediaInvalid, mediaTooLarge } from './mediaFault.ts';
import type { Step, Walk } from './mediaStep.ts';
import { outlet } from './outlet.ts';

/** A walk under way. Both answer what can go out now; after a throw there is nothing more to ask. */
export interface MediaWalk {
  push(chunk: Uint8Array): Uint8Array[];
  end(): Uint8Array[];
}

const NOTHING = new Uint8Array(0);

/**
 * Feeds a format's walk with the pieces of a file. Nothing is kept but what the walk looks at: MEDIA_TOO_LARGE_INVALID where
 * that is more than `holdAtMost` bytes, MEDIA_INVALID where the file ends inside of a step. What was taken out is named in
 * `removed`.
 */
export function walkMedia(walk: Walk, removed: Set<string>, holdAtMost: number): MediaWalk {
  let queue: Uint8Array[] = [];
  let waiting = 0;
  let ended = false;
  let step: Step | undefined;
  let done = 0;
  const out = outlet();

  const next = (answer?: Uint8Array): void => {
    const { value, done: over } = answer ? walk.next(answer) : walk.next();
    step = over ? undefined : value;
    done = 0;
  };

  const shown = (length: number): Uint8Array | undefined => {
    const first = queue[0] ?? NOTHING;
    if (first.length >= length || (ended && queue.length <= 1)) return first;
    if (length > holdAtMost) throw mediaTooLarge(holdAtMost);
    // Joining waits for twice what is joined already, so that many small looks at a growing piece stay linear.
    if (!ended && waiting < Math.max(length, Math.min(2 * first.length, holdAtMost))) return undefined;
    const joined = Buffer.concat(queue, waiting);
    queue = [joined];
    return joined;
  };

  const move = (moving: Exclude<Step, { do: 'look' | 'put' }>): boolean => {
    while (done < moving.length) {
      const first = queue[0];
      if (!first) {
        if (ended && moving.length !== Number.POSITIVE_INFINITY) throw mediaInvalid('The file ends in the middle.');
        return ended;
      }
      const part = first.subarray(0, moving.length - done);
      if (moving.do === 'pass') out.add(part);
      else if (moving.do === 'drop') report(moving.what);
      else blankOut(part, moving.what);
      done += part.length;
      waiting -= part.length;
      if (part.length === first.length) queue.shift();
      else queue[0] = first.subarray(part.length);
    }
    return true;
  };

  const report = (what: string): void => {
    if (what !== '') removed.add(what);
  };
  const blankOut = (part: Uint8Array, what: string): void => {
    if (!isBlank(part)) report(what);
    for (const piece of zeros(part.length)) out.add(piece);
  };

  const run = (): Uint8Array[] => {
    while (step) {
      if (step.do === 'look') {
        const bytes = shown(step.length);
        if (!bytes) break;
        next(bytes);
      } else if (step.do === 'put') {
        out.add(step.bytes);
        next();
      } else {
        if (!move(step)) break;
        next();
      }
    }
    return out.flush();
  };

  next();
  return {
    push(chunk) {
      if (chunk.length > 0) queue.push(chunk);
      waiting += chunk.length;
      return run();
    },
    end() {
      ended = true;
      return run();
    },
  };
}
