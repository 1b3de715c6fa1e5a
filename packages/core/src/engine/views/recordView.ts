import { decideTogether } from '../../kernel/decide/decideTogether.ts';
import type { Decision } from '../../kernel/decision.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { NewView } from '../keptViews.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import { askAbout } from '../subjects/askAbout.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { demandViewReason } from './demandViewReason.ts';
import type { StoredView } from './storedView.ts';

const LONGEST = 200;
const MOST_FIELDS = 1_000;

/**
 * Asks the policy for a staff member who wants to look, and writes the question down with its answer, which it hands back
 * only then. The evidence names the staff member and nobody else. Throws as `Views.open` says.
 */
export async function recordView(world: World, asked: NewView): Promise<{ decision: Decision; view: string }> {
  const now = world.clock.now();
  const { subject } = asked;
  demandSubject(subject);
  const { _id: by, role } = await demandOffice(world, asked.by, 'view');
  const purpose = demandText(asked.purpose, 'purpose', LONGEST);
  const reason = demandViewReason(asked.reason);
  const place = placeOf(asked);
  const categories = categoriesOf(world, asked);
  const ask = await askAbout(world, { subject });

  const viewer = `staff:${purpose}` as const;
  const decision = decideTogether(categories.map((category) => ask({ purpose, category, viewer })));

  const id = `view-${world.crypto.newId()}`;
  const { outcome, because } = decision;
  const told = { by, role, purpose, reason, categories, outcome, rules: because.map(({ rule }) => rule) };
  const view: StoredView = {
    ...fresh(world, id, [event(world, outcome === 'permitted' ? 'StaffViewed' : 'StaffViewDenied', now, told)]),
    ...{ subject, staff: by, role, purpose, reason, categories, outcome, at: now },
    ...place,
  };
  await world.records.collection<StoredView>('views').insert(view);
  if (outcome === 'undetermined') await reportUndetermined(world, purpose, now);
  return { decision, view: id };
}

function placeOf({ collection, record }: NewView): { collection?: string; record?: string } {
  return {
    ...(collection !== undefined && { collection: demandText(collection, 'collection', LONGEST) }),
    ...(record !== undefined && { record: demandText(record, 'record', LONGEST) }),
  };
}

/** What is looked at, in categories: those of the fields, where it is a collection. */
function categoriesOf(world: World, { category, collection, fields }: NewView): string[] {
  if (category !== undefined) return [demandText(category, 'category', LONGEST)];
  const there = world.policy.inventory.collections.find(({ name }) => name === collection);
  const isList = fields === undefined || (Array.isArray(fields) && fields.length > 0 && fields.length <= MOST_FIELDS);
  const found = (fields ?? there?.fields.map(({ path }) => path) ?? []).map(
    (path) => there?.fields.find((field) => field.path === path)?.category,
  );
  const categories = [...new Set(found)].filter((one) => one !== undefined).sort();
  if (there && isList && found.length > 0 && found.every((one) => one !== undefined)) return categories;
  throw new KeptError('VIEW_INVALID', 'The inventory does not name what is to be looked at', {
    place: 'collection',
    remedy: 'Name a category, or a collection of the inventory and fields of it.',
  });
}

async function reportUndetermined(world: World, purpose: string, now: Date): Promise<void> {
  const text = 'A staff member was not let look because a fact that decides on it is not known.';
  await raiseFinding(
    world,
    { code: 'VIEW_UNDETERMINED', about: purpose, severity: 'warning', text, place: `purposes.${purpose}` },
    now,
  );
}
