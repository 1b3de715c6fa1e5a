import { compilePhrases, type PhraseFile, type Phrases } from '../../kernel/classify/phrases.ts';
import { policyFile } from './policyFile.ts';
import { yamlSource } from './yamlSource.ts';

/** The phrases by which mails in a language are recognised, such as `en`. Throws POLICY_FILE_NOT_FOUND. */
export async function loadPhrases(language: string): Promise<Phrases> {
  const source = await yamlSource(
    await policyFile('language', 'phrases', language, '.yaml'),
    `phrases/${language}.yaml`,
  );
  return compilePhrases(source.data as PhraseFile);
}
