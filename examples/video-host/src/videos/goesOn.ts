import { decideRetention } from '@kept/core';
import type { Host } from '../host.ts';
import type { Generation } from '../models/generation.ts';

/** The instant by which a video goes, by the very rule that the sweep follows; none while it is saved. */
export function goesOn(
  { kept, now }: Pick<Host, 'kept' | 'now'>,
  { createdAt, savedAt, unsavedAt }: Pick<Generation, 'createdAt' | 'savedAt' | 'unsavedAt'>,
): Date | undefined {
  const anchors = { generated: createdAt, unsaved: unsavedAt };
  const record = { collection: 'generations', anchors, predicates: { saved: Boolean(savedAt) } };
  return decideRetention(kept.policy, record, [], now()).dueAt;
}
