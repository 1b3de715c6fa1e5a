import type { Reader } from '../../engine/guard/statedPurpose.ts';
import { demandStated, type StatedPurpose } from '../../engine/guard/statedPurpose.ts';

/** Name of the option by which a query states its purpose; drivers do not know it and leave it out. */
export const STATED = 'keptPurpose';

/** What `Query#setOptions` takes; `lean`, because what is masked or cut must never be saved back. */
export interface PurposeOptions {
  readonly lean: true;
  readonly keptPurpose: StatedPurpose;
}

/**
 * States what a query on a governed model is for: `Users.find(filter).setOptions(forPurpose('service.support', { by }))`.
 * Answers plain objects with what may be read of them: for the host's own use, for the owner (`{ owner }`: nobody else's
 * records), for anybody (`{ viewer: 'public' }`), whoever has a link (`{ viewer: 'link' }`), or for a staff member
 * (`{ by }`: masked, unless a `reason` is given, which is recorded). Throws INPUT_INVALID.
 */
export function forPurpose(purpose: string, reader?: Reader): PurposeOptions {
  const stated = { purpose, ...(reader && { reader }) };
  demandStated(stated);
  return { lean: true, keptPurpose: stated };
}

/** The purpose among a query's options. Throws INPUT_INVALID for what `forPurpose` did not make. */
export function statedIn(options: unknown): StatedPurpose | undefined {
  const stated = (options as { readonly [STATED]?: unknown } | null | undefined)?.[STATED];
  if (stated === undefined) return undefined;
  demandStated((stated ?? {}) as StatedPurpose);
  return stated as StatedPurpose;
}
