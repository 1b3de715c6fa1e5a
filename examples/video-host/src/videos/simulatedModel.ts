import { type Clip, renderClip } from '../media/renderClip.ts';

export const simulatedModelName = 'seedance-2.0';

/** Stands in for the model provider: draws a small film in this process; nothing leaves it. */
export function simulatedModel(prompt: string, reference?: Uint8Array): Clip {
  return renderClip(prompt, reference);
}
