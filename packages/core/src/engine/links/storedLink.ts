import type { LinkScope, ShareLink } from '../keptLinks.ts';
import type { FactRecord } from '../ports/personalDataSource.ts';
import type { Stored } from '../stored.ts';

type Visibility = NonNullable<FactRecord['visibility']>;

const widest: readonly Visibility[] = ['public', 'link', 'private'];

export interface StoredLink extends Stored {
  readonly subject: string;
  readonly collection: string;
  readonly record: string;
  readonly part: LinkScope;
  /** SHA-256 of the token, hex. */
  readonly token: string;
  /** Who could see the record when it was shared: its owner may make it no narrower, or the link is shut. */
  readonly visibility: Visibility;
  readonly createdAt: Date;
  readonly until?: Date;
  readonly revokedAt?: Date;
  readonly opened: number;
  /** The last day on which it was opened, YYYY-MM-DD in the controller's zone: the evidence has one entry a day. */
  readonly openedOn?: string;
}

/** Whether its owner and its date still let it open; what it leads to is another matter. */
export function stateOf({ revokedAt, until }: StoredLink, now: Date): ShareLink['state'] {
  if (revokedAt !== undefined) return 'revoked';
  return until !== undefined && until <= now ? 'over' : 'open';
}

/** Whether the record is for fewer people now than when it was shared. */
export function isNarrower({ visibility = 'private' }: FactRecord, link: StoredLink): boolean {
  return widest.indexOf(visibility) > widest.indexOf(link.visibility);
}
