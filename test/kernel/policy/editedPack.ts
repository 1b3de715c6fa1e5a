import { readFile } from 'node:fs/promises';
import { loadVocabularySources } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { policiesDir } from '../../../packages/core/src/adapters/policy/policiesDir.ts';
import { parseSource, yamlSource } from '../../../packages/core/src/adapters/policy/yamlSource.ts';
import { type CompiledPolicy, compilePolicy } from '../../../packages/core/src/kernel/policy/compilePolicy.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import type { Mistake } from '../../../packages/core/src/kernel/policy/source.ts';

/** A piece of the pack's text and what to put in its place; the piece must be there. */
export type Edit = readonly [string | RegExp, string];

/** The files of the pack as they are. */
export const texts = {
  policy: await readFile(policiesDir('sdance-ai', 'policy.yaml'), 'utf8'),
  inventory: await readFile(policiesDir('sdance-ai', 'inventory.yaml'), 'utf8'),
};
const vocabulary = await loadVocabularySources();
const register = await yamlSource(policiesDir('register.yaml'), 'register.yaml');

/** The pack sdance-ai with some of its text changed, compiled. */
export function editedPack(edits: { policy?: readonly Edit[]; inventory?: readonly Edit[] }): CompiledPolicy {
  const policy = parseSource(edited(texts.policy, edits.policy ?? []), 'sdance-ai/policy.yaml');
  const inventory = parseSource(edited(texts.inventory, edits.inventory ?? []), 'sdance-ai/inventory.yaml');
  return compilePolicy({ policy, inventory, vocabulary, register }, 'test');
}

/** The same, where the change leaves a policy that compiles. */
export function policyWith(...edits: readonly Edit[]): Policy {
  const compiled = editedPack({ policy: edits });
  if ('policy' in compiled) return compiled.policy;
  throw new Error(compiled.mistakes.map((one) => `${one.line}: ${one.message}`).join('\n'));
}

/** The same, where it must not compile. */
export function mistakesOf(edits: Parameters<typeof editedPack>[0]): readonly Mistake[] {
  const compiled = editedPack(edits);
  return 'mistakes' in compiled ? compiled.mistakes : [];
}

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((result, [from, to]) => {
    const changed = result.replace(from, to);
    if (changed === result) throw new Error(`the pack has no ${String(from)}`);
    return changed;
  }, text);
}
