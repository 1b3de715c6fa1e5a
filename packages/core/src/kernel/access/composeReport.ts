import type { Regime } from '../clock/regime.ts';
import type { NoticeLabels } from '../notice/noticeLabels.ts';
import { noticeTeller } from '../notice/noticeTeller.ts';
import type { NoticeWords } from '../notice/noticeWords.ts';
import type { Policy } from '../policy/policy.ts';
import type { AccessFacts, AccessReport } from './accessReport.ts';
import { categorySection, hiddenSection } from './categorySection.ts';
import { copySections } from './copySections.ts';
import { noticeSection } from './noticeSection.ts';
import { purposeSections } from './purposeSections.ts';
import { receivedSections } from './receivedSections.ts';
import { reportTeller } from './reportTeller.ts';
import { rightsSections } from './rightsSections.ts';
import { summarySection } from './summarySection.ts';

/**
 * What somebody is to be told of their data, out of the rules that the engine works by, and of what there really is. Every
 * category of the policy is in it, those of which nothing is held too.
 * @param law of the place where the person lives
 * @throws KeptError NOTICE_WORDS_INVALID
 */
export function composeReport(
  policy: Policy,
  law: Regime,
  words: { readonly notice: NoticeWords; readonly report: NoticeWords },
  labels: NoticeLabels,
  facts: AccessFacts,
): AccessReport {
  const teller = reportTeller(noticeTeller(policy, law, words.notice, labels), words.report, facts);
  const { tell, dayOf } = teller;
  const controller = policy.controller.name;
  return {
    language: words.report.language,
    title: tell('title', { controller }),
    intro: [
      tell('intro', { controller, received: dayOf(facts.receivedAt), made: dayOf(facts.at) }),
      tell('law', { law: law.name }),
    ],
    contents: tell('contents'),
    sections: [
      summarySection(teller),
      categorySection(teller),
      ...hiddenSection(teller),
      ...purposeSections(teller),
      ...receivedSections(teller),
      ...rightsSections(teller),
      noticeSection(teller),
      ...copySections(teller),
    ],
  };
}
