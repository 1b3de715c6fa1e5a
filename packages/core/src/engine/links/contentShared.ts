import type { Decision } from '../../kernel/decision.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import type { LinkScope } from '../keptLinks.ts';
import type { FactRecord } from '../ports/personalDataSource.ts';
import { askAbout } from '../subjects/askAbout.ts';
import type { World } from '../world.ts';

/** The purpose for which a visitor gets to see what was shared. */
const DELIVERY = 'service.delivery';

/** The record, where it is there and this person's; undefined for what was somebody else's all along. */
export async function recordOf(
  world: World,
  { subject, collection, record }: { subject: string; collection: string; record: string },
): Promise<FactRecord | undefined> {
  if (!world.policy.inventory.collections.some(({ name }) => name === collection)) return undefined;
  const [found] = await world.data.recordsNamed(collection, [record]);
  return found?.owner === subject ? found : undefined;
}

/** Whether the person has an account that is not closed. */
export async function hasOpenAccount(world: World, subject: string, now: Date): Promise<boolean> {
  const profile = (await world.data.profilesOf([subject])).get(subject);
  const closed = profile?.anchors.accountClosed;
  return profile !== undefined && (closed === undefined || closed > now);
}

/** The categories of what a link opens; undefined where the inventory does not have all of it, or hands some of it to nobody. */
export function categoriesOf(world: World, collection: string, { fields, files }: LinkScope): string[] | undefined {
  const there = world.policy.inventory.collections.find(({ name }) => name === collection);
  const open = (there?.fields ?? []).filter((field) => field.export === 'always');
  const named = fields.map((path) => open.find((field) => field.path === path)?.category);
  // A file is known by its key: it may stand in any field that holds files.
  const held = files.length === 0 ? [] : (there?.fields ?? []).filter(({ file }) => file).map((one) => one.category);
  if (files.length > 0 && held.length === 0) return undefined;
  const all = [...new Set([...named, ...held])];
  return all.every((category) => category !== undefined) ? (all as string[]) : undefined;
}

/** Whether the record holds each of the files that are shared by themselves. */
export function holds(record: FactRecord, { files }: LinkScope): boolean {
  const keys = new Set(record.files.map(({ key }) => key));
  return files.every((key) => keys.has(key));
}

/** The fields of a collection that are content, may be handed out, and are for visitors to see. */
export function contentFields(world: World, collection: string, ask: AskVisitor): string[] {
  const there = world.policy.inventory.collections.find(({ name }) => name === collection);
  const content = world.policy.visibility?.content ?? [];
  return (there?.fields ?? [])
    .filter((field) => field.export === 'always' && content.some((word) => covers(word, field.category)))
    .filter(({ category }) => ask(category).outcome === 'permitted')
    .map(({ path }) => path);
}

export type AskVisitor = (category: string) => Decision;

/** What the policy says of each category to a visitor with a link. */
export async function askVisitor(world: World, subject: string): Promise<AskVisitor> {
  const ask = await askAbout(world, { subject, visibility: 'link' });
  return (category) => ask({ purpose: DELIVERY, category, viewer: 'link' });
}
