import type { Mistake } from '../../kernel/policy/source.ts';
import { labelsOf, ownLabels, type VocabularyLabels } from '../../kernel/policy/vocabularyLabels.ts';
import { loadVocabulary } from './loadVocabulary.ts';
import { policyFile, policyFileIds } from './policyFile.ts';
import { PolicyInvalid } from './policyInvalid.ts';
import { yamlSource } from './yamlSource.ts';

const ENGLISH = 'en';

/**
 * What the words are called in a language, such as `de`: list by list, word to label.
 * @throws KeptError POLICY_FILE_NOT_FOUND, POLICY_INVALID
 */
export async function loadVocabularyLabels(language: string): Promise<VocabularyLabels> {
  const vocabulary = await loadVocabulary();
  if (language === ENGLISH) return ownLabels(vocabulary);

  const path = await policyFile('language', 'vocabulary/labels', language, '.yaml', [ENGLISH]);
  const mistakes: Mistake[] = [];
  const labels = labelsOf(await yamlSource(path, `vocabulary/labels/${language}.yaml`), vocabulary, mistakes);
  if (mistakes.length > 0) throw new PolicyInvalid('vocabulary', mistakes);
  return labels;
}

/** Languages in which the words have labels, sorted. */
export async function labelLanguages(): Promise<string[]> {
  return [ENGLISH, ...(await policyFileIds('vocabulary/labels', '.yaml'))].sort();
}
