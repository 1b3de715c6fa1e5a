import { type Flip, flippedDecisions, neutral, questionGrid } from '../../kernel/change/flippedDecisions.ts';
import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { Facts, Hold } from '../../kernel/decision.ts';
import type { Profile } from '../ports/personalDataSource.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import type { ConsentRecord } from '../stored.ts';
import { profileFacts } from '../subjects/personFacts.ts';
import type { Readers, SimulationOptions } from './simulate.ts';
import type { Simulation } from './simulation.ts';

const PAGE = 500;

interface Group {
  readonly facts: Facts;
  people: number;
  readonly subjects: string[];
}

/**
 * How many questions two versions answer differently: about somebody of whom nothing is known, and about everybody whose
 * choices are recorded. People of whom the same is known are asked about once.
 */
export async function simulateDecisions(
  readers: Readers,
  { now, samples }: SimulationOptions,
  refused: boolean,
): Promise<Simulation['decisions']> {
  const [a, b] = [readers.before.policy, readers.after.policy];
  const grid = questionGrid(a, b);
  const flips = (facts: Facts): Flip[] => flippedDecisions(a, b, grid, facts, now);
  const nobody = flips(neutral);
  const groups = refused ? [] : await groupsOf(readers, now, samples);
  const flipping = groups
    .map(({ facts, people, subjects }) => {
      const found = flips(facts);
      return { people, subjects, count: found.length, samples: found.slice(0, samples) };
    })
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.people - one.people || other.count - one.count);
  return {
    asked: grid.length,
    neutral: { count: nobody.length, samples: nobody.slice(0, samples) },
    people: {
      count: groups.reduce((sum, { people }) => sum + people, 0),
      flipping: flipping.reduce((sum, { people }) => sum + people, 0),
      samples: flipping.slice(0, samples),
    },
  };
}

async function groupsOf({ after }: Readers, now: Date, samples: number): Promise<Group[]> {
  const { records, service, data, policy } = after;
  const holds = await activeHolds(after, now);
  const { year } = localDateOf(now, policy.controller.zone);
  const groups = new Map<string, Group>();
  for (let last = ''; ; ) {
    const page = await records
      .collection<ConsentRecord>('consents')
      .find({ service, _id: { after: last } }, { sort: { _id: 1 }, limit: PAGE });
    const profiles = await data.profilesOf(page.map(({ subject }) => subject));
    for (const record of page) {
      const facts = factsOf(record, profiles.get(record.subject), holds, year);
      // What was said when does not matter once it is over: the newest word on each flag does.
      const group = groups.get(keyOf(facts)) ?? { facts, people: 0, subjects: [] };
      groups.set(keyOf(facts), group);
      group.people += 1;
      if (group.subjects.length < samples) group.subjects.push(record.subject);
    }
    const next = page.at(-1)?._id;
    if (next === undefined || page.length < PAGE) return [...groups.values()];
    last = next;
  }
}

function factsOf(
  { subject, events }: ConsentRecord,
  profile: Profile | undefined,
  holds: readonly Hold[],
  year: number,
): Facts {
  const theirs = holds.filter((hold) => hold.subject === undefined || hold.subject === subject);
  return {
    ...profileFacts(profile, year),
    consents: events,
    objections: [],
    restricted: theirs.some(({ kind }) => kind === 'restriction'),
    held: theirs.some(({ kind }) => kind === 'legal'),
  };
}

function keyOf({ consents, ...rest }: Facts): string {
  const newest = new Map(
    [...consents].sort((a, b) => a.at.getTime() - b.at.getTime()).map((one) => [one.flag, one.what]),
  );
  return JSON.stringify([rest, [...newest].sort()]);
}
