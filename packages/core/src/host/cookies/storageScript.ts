import { readFileSync } from 'node:fs';
import type { KindsByName } from '../../engine/keptChoices.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import type { CookieVoice } from './cookieVoice.ts';

const SCRIPT = readFileSync(new URL('../../../pages/storage.js', import.meta.url), 'utf8');

/** The script that governs local and session storage, with what holds for whoever loads it now. */
export function storageScript(policy: Policy, kinds: KindsByName, voice: CookieVoice): string {
  const allowed = policy.cookies.flatMap(({ kind }) => (voice.decide(kind).outcome === 'permitted' ? [kind] : []));
  return `(function (kinds, allowed) {\n${SCRIPT}\n})(${JSON.stringify(kinds)}, ${JSON.stringify(allowed)});\n`;
}
