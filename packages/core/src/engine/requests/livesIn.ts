import { KeptError } from '../../kernel/keptError.ts';
import { residenceCode } from '../../kernel/residence/residenceCode.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { followLaw } from './followLaw.ts';

/** Takes down where the person lives, as they said: what the host keeps of it comes first. Throws RESIDENCE_INVALID, REQUEST_CONFLICT. */
export async function livesIn(world: World, request: StoredRequest, by: string, said: string): Promise<StoredRequest> {
  const residence = codeOf(said);
  if (!request.extension) return followLaw(world, request, { by, residence });
  throw new KeptError('REQUEST_CONFLICT', 'The request was extended under the law that it has', {
    place: `request ${request._id}`,
    remedy: 'Answer by the date that the person was told.',
  });
}

/** The code that was given, or undefined where none was. Throws RESIDENCE_INVALID. */
export function codeOf(said: string): string {
  const code = residenceCode(said);
  if (code) return code;
  throw new KeptError('RESIDENCE_INVALID', 'The residence is no code of a country or state', {
    place: 'residence',
    remedy: 'Write the code of ISO 3166, such as DE or US-CA.',
  });
}
