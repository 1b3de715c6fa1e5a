import type { Question } from '../../kernel/decision.ts';
import { type FigureTable, type FigureValue, suppress } from '../../kernel/figures/suppress.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { FigureQuestion } from '../keptFigures.ts';
import type { CountedPerson } from '../ports/personalDataSource.ts';
import { askAboutMany } from '../subjects/askAboutMany.ts';
import type { World } from '../world.ts';
import { demandFigure, type Figure } from './demandFigure.ts';

/** People asked about at once. */
const PAGE = 1_000;

/** What people differ in by more than this is no group: each of its values would have to be held until the end. */
const MOST_VALUES = 10_000;

/** Longer texts are somebody's own words. */
const LONGEST_VALUE = 200;

interface Tally {
  readonly groups: Map<FigureValue, number>;
  people: number;
  undetermined: number;
}

/** Throws FIGURES_INVALID, FIGURES_REFUSED. */
export async function countFigures(world: World, asked: FigureQuestion): Promise<FigureTable> {
  const now = world.clock.now();
  const { question, records, minimumGroup } = demandFigure(world, asked);

  const tally = await countPeople(world, asked.collection, { records, question }, now);

  if (tally.undetermined > 0) await reportUndetermined(world, asked.collection, now);
  const groups = [...tally.groups].map(([value, people]) => ({ value, people }));
  return suppress(groups, tally.people, minimumGroup);
}

async function countPeople(
  world: World,
  collection: string,
  { records, question }: { records: Figure['records']; question: Question },
  now: Date,
): Promise<Tally> {
  const tally: Tally = { groups: new Map(), people: 0, undetermined: 0 };
  let page: CountedPerson[] = [];
  const take = async (): Promise<void> => {
    const subjects = page.map(({ subject }) => subject);
    const about = await askAboutMany(world, subjects, now);
    for (const { subject, values } of page) {
      const { outcome } = about(subject)(question);
      if (outcome === 'undetermined') tally.undetermined += 1;
      if (outcome !== 'permitted') continue;
      tally.people += 1;
      for (const value of values) tally.groups.set(demandShort(value), (tally.groups.get(value) ?? 0) + 1);
    }
    if (tally.groups.size > MOST_VALUES) throw tooMany();
    page = [];
  };
  for await (const person of world.data.peopleBy(collection, { ...records, most: MOST_VALUES + 1 })) {
    page.push(person);
    if (page.length === PAGE) await take();
  }
  if (page.length > 0) await take();
  return tally;
}

function demandShort(value: FigureValue): FigureValue {
  if (typeof value === 'string' && value.length > LONGEST_VALUE) throw tooMany();
  return value;
}

function tooMany(): KeptError {
  return new KeptError('FIGURES_REFUSED', 'The values of this field are too many, or too long, to be groups', {
    place: 'by',
    remedy: 'Count by a field with few values, such as a country or a plan.',
  });
}

/** They are left out, as gates leave out whom they cannot decide about, and somebody should see why that is. */
async function reportUndetermined(world: World, collection: string, now: Date): Promise<void> {
  await raiseFinding(
    world,
    {
      code: 'FIGURES_UNDETERMINED',
      about: collection,
      severity: 'warning',
      text: `People in "${collection}" were left out of figures, because a fact is missing that decides about them.`,
      place: collection,
    },
    now,
  );
}
