import type { LawBook } from '../../engine/ports/edges.ts';
import type { Law } from '../../kernel/clock/law.ts';
import { loadCalendarFor } from './loadCalendar.ts';
import { loadRegime } from './loadRegime.ts';

/** The laws of @kept/policies, each read once, when it is first asked for: most services never meet most of them. */
export function lawBook(): LawBook {
  const known = new Map<string, Promise<Law>>();
  return (regime, country) => {
    const key = `${regime} ${country}`;
    const law = known.get(key) ?? read(regime, country);
    known.set(key, law);
    // What could not be read is asked for again.
    law.catch(() => known.delete(key));
    return law;
  };
}

async function read(id: string, country: string): Promise<Law> {
  const regime = await loadRegime(id);
  return { regime, calendar: await loadCalendarFor(regime, country) };
}
