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
  /** Stages that were walked to their end. A new version of the policy may add some and take others away. */
  readonly behind: readonly string[];
  /** What was masked until here: the log is written at the end, perhaps by another process. */
  readonly redactions: readonly RedactionLine[];
}

/** Stage after stage, from the beginning or from behind an entry of one of them. */
export function stagedContents(stages: readonly Stage[]): PackageContents {
  return async function* (from) {
    const start = from as unknown as StagePlace | undefined;
    const log = redactionLog(start?.redactions);
    const done = [...(start?.behind ?? [])];
    for (const { name: stage, entries } of stages) {
      if (done.includes(stage)) continue;
      const behind = [...done];
      for await (const entry of entries(log, stage === start?.stage ? start.within : undefined)) {
        yield placed(entry, { stage, behind }, log);
      }
      done.push(stage);
    }
  };
}

function placed(entry: StagedEntry, at: Pick<StagePlace, 'stage' | 'behind'>, log: RedactionLog): PackageEntry {
  const { name, type, how, content, counts } = entry;
  return {
    ...{ name, type, how, content },
    ...(counts && { counts }),
    // Asked for when the content was read: only then is it known what was masked in it.
    get place(): Place {
      return { ...at, within: entry.behind, redactions: log.lines() } as unknown as Place;
    },
  };
}

/** A stage of files that are few, each under a name that it has in every walk: after a crash those that are behind are left out. */
export function fileStage(
  name: string,
  files: (log: RedactionLog) => AsyncIterable<Omit<StagedEntry, 'behind'>>,
): Stage {
  return {
    name,
    async *entries(log, from) {
      const behind = [...((from ?? []) as readonly string[])];
      for await (const file of files(log)) {
        if (behind.includes(file.name)) continue;
        behind.push(file.name);
        yield { ...file, behind: [...behind] };
      }
    },
  };
}
