import type { Kept } from '../engine/kept.ts';
import type { ShareLink } from '../engine/keptLinks.ts';
import type { OwnView } from '../engine/keptViews.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { World } from '../engine/world.ts';
import { categoryLabel } from '../kernel/policy/categoryLabel.ts';
import type { Policy } from '../kernel/policy/policy.ts';

/** Whom a person lets see what is theirs, and who of our staff did. Days are YYYY-MM-DD in the controller's zone. */
export interface OwnSharing {
  /** Those that open something, the newest first. */
  readonly links: readonly {
    readonly id: string;
    readonly what: string;
    readonly record: string;
    readonly since: string;
    readonly until: string | null;
    readonly opened: number;
  }[];
  /** The newest ones; the colleague is nobody's business, the role is. */
  readonly views: readonly (Pick<OwnView, 'role' | 'purpose' | 'reason' | 'categories'> & {
    readonly on: string;
    readonly at: Date;
    readonly label: string;
    readonly what: string;
    readonly who: string;
  })[];
  readonly viewsInAll: number;
}

export async function ownSharing(kept: Kept, world: World, subject: string): Promise<OwnSharing> {
  const { policy } = world;
  const [links, views] = await Promise.all([kept.links.of(subject), kept.views.of(subject)]);
  return {
    links: links
      .filter(({ state }) => state === 'open')
      .map(({ id, record, createdAt, until, opened, ...link }) => ({
        id,
        what: categoryLabel(policy, categoriesIn(policy, link)),
        record,
        since: dayOf(world, createdAt),
        until: until ? dayOf(world, until) : null,
        opened,
      })),
    views: views.items.map(({ at, role, purpose, reason, categories }) => ({
      on: dayOf(world, at),
      ...{ at, role, purpose, reason, categories },
      label: policy.purposes.find(({ name }) => name === purpose)?.label ?? purpose,
      what: categoryLabel(policy, categories),
      who: role === 'lead' ? 'a privacy lead' : 'a member of staff',
    })),
    viewsInAll: views.total,
  };
}

function categoriesIn({ inventory }: Policy, { collection, part }: Pick<ShareLink, 'collection' | 'part'>): string[] {
  const fields = inventory.collections.find(({ name }) => name === collection)?.fields ?? [];
  const shared = fields.filter(({ path, file }) => part.fields.includes(path) || (part.files.length > 0 && file));
  return [...new Set(shared.map(({ category }) => category))].sort();
}
