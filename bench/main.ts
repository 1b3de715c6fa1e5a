import { benchCards } from './cards.ts';
import { benchDecide } from './decide.ts';
import { benchEgress } from './egress.ts';
import { benchErasure } from './erasure.ts';
import { benchEvidence } from './evidence.ts';
import { benchFacts } from './facts.ts';
import { benchGuard } from './guard.ts';
import { benchLoad } from './load.ts';
import { benchMedia } from './media.ts';
import { benchPackages } from './packages.ts';
import { benchStart } from './start.ts';
import { benchSweep } from './sweep.ts';

/** Side by side with peers and the raw limit, in one run; `npm run bench -- decide` runs one of them. */
const all = {
  cards: benchCards,
  decide: benchDecide,
  egress: benchEgress,
  erasure: benchErasure,
  evidence: benchEvidence,
  facts: benchFacts,
  guard: benchGuard,
  load: benchLoad,
  media: benchMedia,
  packages: benchPackages,
  start: benchStart,
  sweep: benchSweep,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in all));
if (unknown.length > 0) {
  process.stderr.write(`bench: no benchmark "${unknown[0]}"; there are ${Object.keys(all).join(', ')}.\n`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(all)) if (wanted.length === 0 || wanted.includes(name)) await bench();
process.exit(0);
