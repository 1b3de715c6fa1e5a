import { event, fresh, update } from '../aggregate.ts';
import type { Findings } from '../kept.ts';
import type { Finding } from '../stored.ts';
import type { World } from '../world.ts';

/** Something that a person should look at. `about` makes it one of its kind: the same finding counts up. Never personal data. */
export interface Raised {
  readonly code: string;
  readonly about: string;
  readonly severity: Finding['severity'];
  readonly text: string;
  readonly place: string;
}

export async function raiseFinding(world: World, raised: Raised, now: Date): Promise<void> {
  const { code, about, severity, text, place } = raised;
  const id = findingId(world, code, about);
  const records = world.records.collection<Finding>('findings');
  const inserted = await records.insert({
    ...fresh(world, id, [event(world, 'FindingRaised', now, { code, about })]),
    code,
    severity,
    text,
    place,
    firstAt: now,
    lastAt: now,
    times: 1,
  });
  if (inserted) return;
  await update<Finding>(world, 'findings', id, (finding) => {
    const { resolvedAt, ...open } = finding;
    return {
      document: { ...open, severity, text, place, lastAt: now, times: finding.times + 1 },
      events: resolvedAt ? [event(world, 'FindingRaised', now, { code, about })] : [],
    };
  });
}

/** Where its cause has ended by itself. */
export async function resolveFinding(world: World, code: string, about: string, now: Date): Promise<void> {
  const id = findingId(world, code, about);
  if (await world.records.collection<Finding>('findings').get(id)) await resolve(world, id, 'kept', now);
}

/** Where the cause of all of a kind has ended, whatever they are about. */
export async function resolveFindings(world: World, code: string, now: Date): Promise<void> {
  for (const { _id } of await openFindings(world, [code])) await resolve(world, _id, 'kept', now);
}

/** Those of some kinds whose cause still stands, as far as anybody knows. */
export async function openFindings(world: World, codes: readonly string[]): Promise<Finding[]> {
  const where = { service: world.service, code: { in: codes }, resolvedAt: { exists: false } } as const;
  return world.records.collection<Finding>('findings').find(where);
}

export function findings(world: World): Findings {
  return {
    async open() {
      const where = { service: world.service, resolvedAt: { exists: false } } as const;
      return world.records.collection<Finding>('findings').find(where, { sort: { severity: 1, lastAt: -1 } });
    },
    resolve: (id, by) => resolve(world, id, by, world.clock.now()),
  };
}

async function resolve(world: World, id: string, by: string, now: Date): Promise<void> {
  await update<Finding>(world, 'findings', id, (finding) =>
    finding.resolvedAt
      ? undefined
      : { document: { ...finding, resolvedAt: now }, events: [event(world, 'FindingResolved', now, { by })] },
  );
}

/** Under which the finding of a kind about something lies. */
export function findingId(world: World, code: string, about: string): string {
  return `${world.service}:${code}:${about}`;
}
