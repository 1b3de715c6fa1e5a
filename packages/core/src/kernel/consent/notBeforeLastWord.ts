/**
 * The instant by which somebody's words are heard: `now`, or their last word where the clock went back since. What was said
 * has been said, so that a withdrawal counts whatever becomes of the clock.
 */
export function notBeforeLastWord(words: readonly { readonly at: Date }[], now: Date): Date {
  let latest = now;
  for (const { at } of words) if (at > latest) latest = at;
  return latest;
}
