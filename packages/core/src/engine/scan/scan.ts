import { type ScanFinding, scanCodes } from '../../kernel/scan/scanFinding.ts';
import { openFindings, raiseFinding, resolveFinding } from '../findings/findings.ts';
import type { Scan, ScanReport } from '../keptScan.ts';
import type { World } from '../world.ts';
import { disclosedTo } from './disclosedTo.ts';
import { scanDatabase } from './scanDatabase.ts';

export function scan(world: World): Scan {
  return {
    async run(options = {}) {
      const now = world.clock.now();
      const { policy, live, data, files, records, service } = world;
      const recipients = (): Promise<readonly string[]> => disclosedTo(records, service);
      const readable = { policy, live, data, stores: Object.keys(files), recipients };
      const report = await scanDatabase(readable, options, now);

      for (const finding of report.findings) if (finding.severity !== 'info') await raise(world, finding, now);
      if (report.looked.whole) await resolveEnded(world, report, now);
      return report;
    },
  };
}

async function raise(
  world: World,
  { code, severity, where, message, remedy, count }: ScanFinding,
  now: Date,
): Promise<void> {
  const records = count === 0 ? '' : ` Records: ${count}.`;
  await raiseFinding(
    world,
    { code, about: where, severity, text: `${message}.${records} ${remedy}`, place: where },
    now,
  );
}

/** What a look at everything no longer finds has ended. */
async function resolveEnded(world: World, { findings }: ScanReport, now: Date): Promise<void> {
  const found = new Set(findings.map(({ code, where }) => `${code} ${where}`));
  for (const { code, place } of await openFindings(world, Object.keys(scanCodes))) {
    if (!found.has(`${code} ${place}`)) await resolveFinding(world, code, place, now);
  }
}
