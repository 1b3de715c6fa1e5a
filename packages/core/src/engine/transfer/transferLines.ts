import { covers } from '../../kernel/policy/vocabulary.ts';
import { consents } from '../subjects/consents.ts';
import { objections } from '../subjects/objections.ts';
import type { World } from '../world.ts';

const PAGE = 200;

/** What goes of one person, a line of JSON each: who it is with what they agreed and objected to, then their records. */
export async function* transferLines(
  world: World,
  subject: string,
  categories: readonly string[],
): AsyncGenerator<string> {
  const goes = (category: string): boolean => categories.some((word) => covers(word, category));
  const [agreed, objected] = await Promise.all([
    goes('choice.consent') ? consents(world).history(subject) : [],
    goes('choice.objection') ? objections(world).history(subject) : [],
  ]);
  yield line({ type: 'person', subject, consents: agreed, objections: objected });

  for (const { name, fields } of world.policy.inventory.collections) {
    const paths = fields.filter(({ category }) => goes(category)).map(({ path }) => path);
    if (paths.length === 0) continue;
    for (let after: unknown; ; ) {
      const page = await world.data.exportOf(subject, name, paths, PAGE, after);
      for (const { id, fields: values } of page.records) {
        yield line({ type: 'record', subject, collection: name, id, values });
      }
      if (page.next === undefined) break;
      after = page.next;
    }
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
