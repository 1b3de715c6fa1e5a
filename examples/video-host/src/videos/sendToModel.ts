import type { Occasion } from '@kept/core';
import type { Promises } from '../host.ts';
import { passToModel } from './passToModel.ts';

/** As the policy names it. */
const modelProvider = 'fal-ai';

export interface ModelInput {
  readonly prompt: string;
  readonly image?: Uint8Array;
}

/** What the model's provider gets of a wish: what the policy lets leave, and nothing of the person beside it. */
export function sendToModel(kept: Pick<Promises, 'egress'>, occasion: Occasion, wish: ModelInput): Promise<ModelInput> {
  return passToModel(kept.egress(modelProvider, occasion), wish);
}
