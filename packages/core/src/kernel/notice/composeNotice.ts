import type { Regime } from '../clock/regime.ts';
import type { Policy } from '../policy/policy.ts';
import { closingSections, controllerSection } from './aboutSections.ts';
import { dataSections } from './dataSections.ts';
import type { Mark, NoticeDocument, NoticeSection } from './noticeDocument.ts';
import type { NoticeLabels } from './noticeLabels.ts';
import { noticeTeller } from './noticeTeller.ts';
import type { NoticeWords } from './noticeWords.ts';
import { personSections } from './personSections.ts';
import { recipientSections } from './recipientSections.ts';
import { retentionSection } from './retentionSection.ts';

const MARKS: readonly Mark[] = ['chosen', 'unverified'];

/**
 * The privacy notice that the policy's own rules amount to. Every rule is said, with the clauses that it keeps; it can
 * name no period and no recipient that the engine does not work by, since both read the same rules.
 * @throws KeptError NOTICE_WORDS_INVALID
 */
export function composeNotice(
  policy: Policy,
  regime: Regime,
  words: NoticeWords,
  labels: NoticeLabels,
): NoticeDocument {
  const teller = noticeTeller(policy, regime, words, labels);
  const { say, day } = teller;
  const sections = [
    controllerSection(teller),
    ...dataSections(teller),
    ...recipientSections(teller),
    retentionSection(teller),
    ...personSections(teller),
    ...closingSections(teller),
  ].filter(isWritten);

  const controller = policy.controller.name;
  const version = String(policy.version);
  const { lastUpdated } = policy.notice;
  const dated = lastUpdated ? say('updated', { version, date: day(lastUpdated) }) : say('version', { version });
  const used = new Set(
    sections.flatMap(({ statements, table }) => [...statements, ...(table?.rows ?? [])]).flatMap(({ marks }) => marks),
  );
  return {
    language: words.language,
    title: say('title', { controller }),
    pack: policy.pack,
    intro: [dated, `${say('intro', { controller })} ${say('silent')}`],
    sections,
    footnotes: MARKS.filter((mark) => used.has(mark)).map((mark) => ({ mark, text: say(mark) })),
    clauses: say('clauses'),
    untranslated: labels.missing(),
  };
}

function isWritten({ statements, table }: NoticeSection): boolean {
  return statements.length > 0 || (table?.rows.length ?? 0) > 0;
}
