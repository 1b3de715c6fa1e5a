import { compilePhrases, type PhraseFile, type Phrases } from '../../kernel/classify/phrases.ts';
import { policyFile } from './policyFile.ts';
import { yamlSource } from './yamlSource.ts';

const known = new Map<string, Promise<Phrases>>();

/** The phrases by which mails in a language are recognised, such as `en`; read once in a process. Throws POLICY_FILE_NOT_FOUND. */
export function loadPhrases(language: string): Promise<Phrases> {
  const phrases = known.get(language) ?? read(language);
  known.set(language, phrases);
  // What could not be read is asked for again.
  phrases.catch(() => known.delete(language));
  return phrases;
}

async function read(language: string): Promise<Phrases> {
  const source = await yamlSource(
    await policyFile('language', 'phrases', language, '.yaml'),
    `phrases/${language}.yaml`,
  );
  return compilePhrases(source.data as PhraseFile);
}
