import type { Kept, KeptOptions } from '../engine/kept.ts';

/**
 * Opens Kept inside a host: checks what it was given, prepares its collections, and answers the engine.
 * Starts nothing that runs on by itself; see `registerJobs` for the rhythm. Closes nothing that the host opened.
 *
 * Throws FILE_STORE_MISSING, DATABASE_MISSING, DATABASE_NOT_ENCRYPTED, and whatever the regime, calendar or phrases refuse to load.
 */
export async function createKept(options: KeptOptions): Promise<Kept> {
  // Database driver, web server and templates are loaded only here: who asks a policy a question needs none of them.
  const { assembleKept } = await import('./assembleKept.ts');
  return assembleKept(options);
}
