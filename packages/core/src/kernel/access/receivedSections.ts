import { recipientSections } from '../notice/recipientSections.ts';
import type { ReportSection } from './accessReport.ts';
import { asInNotice } from './asInNotice.ts';
import { plain, type ReportTeller } from './reportTeller.ts';

/** Who really received something, by name, and who may (Art 15(1)(c) and (2) GDPR). */
export function receivedSections(teller: ReportTeller): ReportSection[] {
  const { policy, facts, tell, labels, list, count, dayOf, rowOf } = teller;
  const [listed] = recipientSections(teller);
  const labelOf = (name: string): string =>
    labels.name(`recipients.${name}`, policy.recipients.find((each) => each.name === name)?.label ?? name);
  return [
    {
      id: 'received',
      heading: tell('heading.received'),
      statements: [plain(tell(facts.received.length === 0 ? 'received.nobody' : 'received.intro'))],
      ...(facts.received.length > 0 && {
        table: {
          head: ['who', 'what', 'times', 'last', 'keeps'].map((name) => tell(['received', 'head', name])),
          rows: facts.received.map(({ recipient, times, last, categories, keepsUntil }) =>
            rowOf(`recipients.${recipient}`, [
              { text: labelOf(recipient) },
              { text: list('categories', categories) },
              { text: count('time', times) },
              { text: dayOf(last) },
              { text: keepsUntil === undefined ? tell('received.unknown') : dayOf(keepsUntil) },
            ]),
          ),
        },
      }),
    },
    { id: 'recipients', heading: tell('heading.recipients'), ...asInNotice(listed) },
  ];
}
