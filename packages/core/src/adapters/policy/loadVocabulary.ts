import { compileVocabulary } from '../../kernel/policy/compileVocabulary.ts';
import { type RegisteredPack, registerOf } from '../../kernel/policy/registerOf.ts';
import type { Mistake } from '../../kernel/policy/source.ts';
import type { Vocabulary } from '../../kernel/policy/vocabulary.ts';
import { loadVocabularySources } from './loadPack.ts';
import { policiesDir } from './policiesDir.ts';
import { PolicyInvalid } from './policyInvalid.ts';
import { yamlSource } from './yamlSource.ts';

/** The words of @kept/policies. Throws POLICY_INVALID. */
export async function loadVocabulary(): Promise<Vocabulary> {
  const mistakes: Mistake[] = [];
  const vocabulary = compileVocabulary(await loadVocabularySources(), mistakes);
  if (mistakes.length > 0) throw new PolicyInvalid('vocabulary', mistakes);
  return vocabulary;
}

/** The register of clauses, pack by pack. Throws POLICY_INVALID. */
export async function loadRegister(): Promise<readonly RegisteredPack[]> {
  const mistakes: Mistake[] = [];
  const packs = registerOf(await yamlSource(policiesDir('register.yaml'), 'register.yaml'), mistakes);
  if (mistakes.length > 0) throw new PolicyInvalid('register', mistakes);
  return packs;
}
