import type { PackageContents } from '../../packages/packageEntry.ts';
import type { World } from '../../world.ts';
import { redactionFile } from '../access/accessContents.ts';
import { collectionStages } from '../access/collectionStages.ts';
import { copyScope } from '../access/copyScope.ts';
import { fileStage, stagedContents } from '../access/stages.ts';
import type { VerifiedRequest } from '../executor.ts';

/**
 * What a person provided and what was observed of them, where it rests on consent or a contract, in forms that another
 * service can read (Art 20(1) GDPR): JSON, NDJSON and CSV with their schemas, files with a note beside each.
 */
export function portabilityContents(world: World, request: VerifiedRequest): PackageContents {
  return async function* (from) {
    const { subject, collections } = await copyScope(world, request, 'portability');
    const stages = [
      ...collections.flatMap((copied) => collectionStages(world, subject, copied, ['json', 'ndjson', 'csv'])),
      fileStage('redactions', redactionFile),
    ];
    yield* stagedContents(stages)(from);
  };
}
