import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { composeNotice } from '../../kernel/notice/composeNotice.ts';
import type { NoticeDocument } from '../../kernel/notice/noticeDocument.ts';
import { noticeLabels, type RuleLabels } from '../../kernel/notice/noticeLabels.ts';
import { type NoticeWords, noticeWords } from '../../kernel/notice/noticeWords.ts';
import { ruleLabels } from '../../kernel/notice/ruleLabels.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { loadPack } from '../policy/loadPack.ts';
import { loadRegime } from '../policy/loadRegime.ts';
import { loadVocabularyLabels } from '../policy/loadVocabularyLabels.ts';
import { packDir } from '../policy/packDir.ts';
import { policyFile, policyFileIds } from '../policy/policyFile.ts';
import { PolicyInvalid } from '../policy/policyInvalid.ts';
import { yamlSource } from '../policy/yamlSource.ts';

const ENGLISH = 'en';

/**
 * The privacy notice of a pack, written from its rules. Labels that nobody translated stand in English and are named in
 * `untranslated`.
 * @throws KeptError POLICY_NOT_FOUND, POLICY_INVALID, POLICY_FILE_NOT_FOUND for a language without words
 */
export async function loadNotice(nameOrDir: string, language: string = ENGLISH): Promise<NoticeDocument> {
  const [words, policy] = await Promise.all([loadNoticeWords(language), loadPack(nameOrDir)]);
  const regime = await loadRegime(policy.controller.regime);
  const labels = language === ENGLISH ? noticeLabels(policy) : await translated(policy, nameOrDir, language);
  return composeNotice(policy, regime, words, labels);
}

/** The sentences of a language. Throws POLICY_FILE_NOT_FOUND. */
export async function loadNoticeWords(language: string): Promise<NoticeWords> {
  const path = await policyFile('language', 'notices', language, '.yaml');
  return noticeWords((await yamlSource(path, `notices/${language}.yaml`)).data);
}

/** Languages in which a notice can be written, sorted. */
export function noticeLanguages(): Promise<string[]> {
  return policyFileIds('notices', '.yaml');
}

async function translated(
  policy: Policy,
  nameOrDir: string,
  language: string,
): Promise<ReturnType<typeof noticeLabels>> {
  const [words, rules] = await Promise.all([
    loadVocabularyLabels(language),
    loadRuleLabels(policy, nameOrDir, language),
  ]);
  return noticeLabels(policy, { rules, words });
}

/** What the pack's own rules are called, from `<language>.yaml` in its folder; nothing where there is none. */
async function loadRuleLabels(policy: Policy, nameOrDir: string, language: string): Promise<RuleLabels> {
  const dir = packDir(nameOrDir);
  const path = join(dir, `${language}.yaml`);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return {};
  const source = await yamlSource(path, `${basename(dir)}/${language}.yaml`);
  const { labels, mistakes } = ruleLabels(source, policy);
  const all = [...source.mistakes, ...mistakes];
  if (all.length > 0) throw new PolicyInvalid(nameOrDir, all);
  return labels;
}
