import type { Rehearsal, StoredRequest } from '../kept.ts';
import { RIGHTS } from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';
import { presentRehearsal, type RehearsalCard } from './rehearsal.ts';
import { presentRequestCard, type RequestCard } from './requestCard.ts';
import { RIGHT_LABEL } from './words.ts';

/** The page on which staff see what a request would do, and find what they tried. */
export interface RehearsalsModel {
  readonly rights: readonly Choice[];
  readonly subject: string;
  /** What was just looked at. */
  readonly shown: (RehearsalCard & { readonly title: string; readonly right: string }) | undefined;
  readonly tests: readonly (RequestCard & { readonly by: string; readonly at: When })[];
}

export function presentRehearsals(
  shown: (Rehearsal & { readonly subject: string }) | undefined,
  tests: readonly StoredRequest[],
  desk: Desk,
): RehearsalsModel {
  const labels = Object.fromEntries(RIGHTS.map((right) => [right, RIGHT_LABEL[right]]));
  return {
    rights: choices(labels, shown?.right),
    subject: shown?.subject ?? '',
    shown: shown && {
      ...presentRehearsal(shown, desk),
      title: `${RIGHT_LABEL[shown.right]} of ${shown.subject}`,
      right: shown.right,
    },
    tests: tests
      .toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())
      .map((request) => ({
        ...presentRequestCard(request, desk),
        by: request.requester.name ?? request.requester.address,
        at: desk.when(request.receivedAt),
      })),
  };
}
