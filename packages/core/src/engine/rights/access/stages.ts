import type { PackageContents, PackageEntry, Place } from '../../packages/packageEntry.ts';
import { type RedactionLine, type RedactionLog, redactionLog } from './redactionLog.ts';

/** A stretch of the walk through a person's data: it goes on from any place that it gave. */
export interface Stage {
  /** Unlike any other of the walk. */
  readonly name: string;
  entries(log: RedactionLog, from: Place | undefined): AsyncIterable<StagedEntry>;
}

/** `behind`: where the stage stands once the entry was read. */
export type StagedEntry = Omit<PackageEntry, 'place'> & { readonly behind: Place };

interface StagePlace {
  readonly stage: string;
  readonly within: Place;
  /** What was masked until here: the log is written at the end, perhaps by another process. */
  readonly redactions: readonly RedactionLine[];
}

/** Stage after stage, from the beginning or from behind an entry of one of them. */
export function stagedContents(stages: readonly Stage[]): PackageContents {
  return async function* (from) {
    const start = from as unknown as StagePlace | undefined;
    const log = redactionLog(start?.redactions);
    const first = start === undefined ? 0 : stages.findIndex(({ name }) => name === start.stage);
    if (first < 0) throw new RangeError('The walk goes on in a stage that it does not have');
    for (const [index, stage] of stages.entries()) {
      if (index < first) continue;
      for await (const entry of stage.entries(log, index === first ? start?.within : undefined)) {
        yield placed(entry, stage.name, log);
      }
    }
  };
}

function placed(entry: StagedEntry, stage: string, log: RedactionLog): PackageEntry {
  const { name, type, how, content, counts } = entry;
  return {
    ...{ name, type, how, content },
    ...(counts && { counts }),
    // Asked for when the content was read: only then is it known what was masked in it.
    get place(): Place {
      return { stage, within: entry.behind, redactions: log.lines() } as unknown as Place;
    },
  };
}

/** A stage of files that are few: after a crash it begins again behind the last whole one. */
export function fileStage(
  name: string,
  files: (log: RedactionLog) => AsyncIterable<Omit<StagedEntry, 'behind'>>,
): Stage {
  return {
    name,
    async *entries(log, from) {
      let count = 0;
      for await (const file of files(log)) {
        count += 1;
        if (typeof from !== 'number' || count > from) yield { ...file, behind: count };
      }
    },
  };
}
