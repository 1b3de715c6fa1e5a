import type { Recipient } from '../policy/policy.ts';
import { listedUnder } from './listedUnder.ts';
import type { NoticeSection } from './noticeDocument.ts';
import { chosenBy, type Teller } from './noticeTeller.ts';

/** Who receives data, and what never happens. */
export function recipientSections(teller: Teller): NoticeSection[] {
  return [recipients(teller), prohibitions(teller)];
}

function recipients(teller: Teller): NoticeSection {
  const { policy, say, labels, row, list, country, statement } = teller;
  const closed = policy.never.find(({ unlisted }) => unlisted.includes('recipients'));
  const intro = policy.recipients.length === 0 ? 'nobody' : closed === undefined ? 'open' : 'intro';
  return {
    id: 'recipients',
    heading: say('heading.recipients'),
    statements: [
      statement(closed === undefined ? '' : `never.${closed.name}`, say(['recipients', intro])),
      ...transfers(teller),
    ],
    ...(policy.recipients.length > 0 && {
      table: {
        head: ['who', 'where', 'what', 'why', 'how'].map((column) => say(['recipients', 'head', column])),
        rows: policy.recipients.map((recipient) => {
          const id = `recipients.${recipient.name}`;
          const kind = labels.word('recipientKinds', recipient.kind);
          const name = labels.name(id, recipient.label);
          const cells = [
            name === kind ? name : `${name} (${kind})`,
            country(recipient.country),
            list('categories', recipient.categories),
            list('purposes', listedUnder(policy, recipient.purposes)),
            termsOf(recipient, teller).join('; '),
          ];
          return row(id, cells, chosenBy(recipient.keeps?.from));
        }),
      },
    }),
  };
}

function transfers({ policy, say, labels, statement }: Teller): NoticeSection['statements'] {
  if (policy.transfers === undefined) return [];
  const safeguards = policy.transfers.safeguards.map((name) => labels.word('safeguards', name)).join(', ');
  return [statement('transfers.safeguards', say('transfers.sentence', { safeguards }))];
}

function termsOf(recipient: Recipient, { say, labels, day, period }: Teller): string[] {
  const { kind, safeguard, agreement, terms, keeps, needs, trainsOnData } = recipient;
  return [
    ...needs.map((need) => say(['recipients', 'need', need])),
    ...(safeguard ? [say('recipients.safeguard', { safeguard: labels.word('safeguards', safeguard) })] : []),
    ...(agreement ? [say('recipients.agreement', { date: day(agreement.expires) })] : []),
    ...(keeps ? [say('recipients.keeps', { period: period(keeps.period) })] : []),
    ...(trainsOnData ? [say('recipients.trains')] : []),
    ...(!trainsOnData && kind === 'model-provider' ? [say('recipients.no-training')] : []),
    ...(terms ? [say('recipients.terms', { link: terms })] : []),
  ];
}

function prohibitions({ policy, say, labels, statement }: Teller): NoticeSection {
  return {
    id: 'never',
    heading: say('heading.never'),
    statements: policy.never.map(({ name, label, exceptions }) => {
      const id = `never.${name}`;
      const nameOf = (one: string): string => policy.recipients.find((each) => each.name === one)?.label ?? one;
      const sentence = say('never.sentence', { label: labels.rule(id, label) });
      if (exceptions === undefined) return statement(id, sentence);
      const names = exceptions.map(nameOf).join(', ');
      const but = exceptions.length === 0 ? say('never.no-exceptions') : say('never.exceptions', { names });
      return statement(id, `${sentence} ${but}`);
    }),
  };
}
