import { event, update } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { Uses } from '../keptChoices.ts';
import type { ConsentRecord } from '../stored.ts';
import { consents, openHistory } from '../subjects/consents.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';

/** Writes down that a choice was heeded: beside the choices of the person, with which the proof also ends; of who has left, nothing. */
export async function skipped(world: World, skip: Parameters<Uses['skipped']>[0]): Promise<void> {
  const now = world.clock.now();
  demandSubject(skip.subject);
  const [occasion, purpose, category] = (['occasion', 'purpose', 'category'] as const).map((name) =>
    demandText(skip[name], name, 300),
  );
  const rules = skip.because.map(({ rule, clause }) => ({ rule, clause })).slice(0, 50);

  const said = await consents(world).history(skip.subject);
  if (said.length === 0 && !(await world.data.exists(skip.subject))) return;
  const history = await openHistory(world, skip.subject);
  // The id follows from the occasion: the chain takes each event once.
  const id = `skip-${world.crypto.sha256(`${history}\n${occasion}`).slice(0, 40)}`;
  const told = { ...event(world, 'UseSkipped', now, { occasion, purpose, category, rules }), id };
  await update<ConsentRecord>(world, 'consents', history, (document) =>
    document.pending.some((one) => one.id === id) ? undefined : { document, events: [told] },
  );
}
