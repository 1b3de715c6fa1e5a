import type { PackageContents } from '../../packages/packageEntry.ts';
import type { World } from '../../world.ts';
import type { VerifiedRequest } from '../executor.ts';
import { aboutStage, collectionStages } from './collectionStages.ts';
import { copyScope } from './copyScope.ts';
import { mailStage } from './mailStage.ts';
import { ownTexts } from './ownFiles.ts';
import { type RedactionLog, reasons } from './redactionLog.ts';
import { reportFile } from './reportFile.ts';
import { fileStage, stagedContents } from './stages.ts';
import { shortFile, type TextFile } from './textEntry.ts';

/**
 * A copy of all data of a person (Art 15(1) and (3) GDPR): the report on them for people, then every record and file, what
 * Kept itself keeps, and what was masked. Throws nothing for a file that is missing until it is read.
 */
export function accessContents(world: World, request: VerifiedRequest): PackageContents {
  return async function* (from) {
    const scope = await copyScope(world, request, 'access');
    const stages = [
      fileStage('report', () => reportFile(world, request, scope)),
      ...scope.collections.flatMap((copied) => collectionStages(world, request.subject, copied, ['json'])),
      ...scope.about.map((copied) => aboutStage(world, request.subject, copied)),
      fileStage('kept', (log) => ownTexts(world, scope.question, log)),
      mailStage(world, scope.question),
      fileStage('redactions', redactionFile),
    ];
    yield* stagedContents(stages)(from);
  };
}

/** Where something of other people was masked, why and how often; it is there where nothing was masked, too. */
export async function* redactionFile(log: RedactionLog): AsyncGenerator<TextFile> {
  const lines = log.lines().map((line) => ({ ...line, why: reasons[line.why] }));
  yield shortFile('redactions.json', 'application/json', `${JSON.stringify(lines, null, 2)}\n`);
}
