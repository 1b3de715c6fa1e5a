import { type Kept, KeptError } from '../../packages/console/src/kept.ts';
import { stops } from './correspondence.ts';

/** Stopped sweeps that take signatures; what a signature is worth is for the tests of the engine. */
export function fakeStops(now: () => Date): Pick<Kept['retention'], 'stops' | 'allow'> {
  const stopped = [...stops];
  const refused = (code: string): KeptError => new KeptError(code, 'No', { place: 'fake', remedy: 'Look again.' });
  return {
    stops: async () => stopped,
    allow: async (rule, by, reason, seen) => {
      const at = stopped.findIndex((each) => each.rule === rule);
      const found = stopped[at];
      if (!found) throw refused('STOP_NOT_FOUND');
      if (seen?.due !== found.stop.due) throw refused('SWEEP_CONFLICT');
      const signature = { by, at: now(), reason, collection: found.stop.collection, due: found.stop.due };
      stopped[at] = { ...found, signatures: [...found.signatures, signature] };
      return found;
    },
  };
}
