import type { Parts } from '../../src/variant.ts';
import { type Models, modelsOn } from './models.ts';

/** Whose models make the videos: those of the operator that the notice speaks of and does not list, or our own. */
export type ModelsOf = 'bytedance' | 'ourselves';

/** What the routes and the deliveries are made of. */
export interface VideoApi extends Parts {
  readonly models: Models;
  readonly modelsOf: ModelsOf;
}

export function videoApiOf(parts: Parts, modelsOf: ModelsOf): VideoApi {
  return { ...parts, models: modelsOn(parts.connection), modelsOf };
}
