import { isKeptError, type Occasion } from '@kept/core';
import type { Promises } from '../host.ts';
import { Refusal } from '../web/refusal.ts';

/** As the policy names it. */
const modelProvider = 'fal-ai';

export interface ModelInput {
  readonly prompt: string;
  readonly image?: Uint8Array;
}

/** What the model's provider gets of a wish: what the policy lets leave, and nothing of the person beside it. */
export async function sendToModel(
  kept: Pick<Promises, 'egress'>,
  occasion: Occasion,
  wish: ModelInput,
): Promise<ModelInput> {
  try {
    return (await kept.egress(modelProvider, occasion).pass(wish)) as ModelInput;
  } catch (error) {
    if (!isKeptError(error)) throw error;
    if (error.code.startsWith('MEDIA_')) throw new Refusal(415, 'That picture is broken. Please give another one.');
    if (error.code === 'EGRESS_REFUSED') throw new Refusal(403, `This video was not made. ${error.message}`);
    throw error;
  }
}
