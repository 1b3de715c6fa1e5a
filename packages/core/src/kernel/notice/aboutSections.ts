import type { NoticeSection, Statement } from './noticeDocument.ts';
import { chosenBy, type Teller } from './noticeTeller.ts';

/** Who is responsible. */
export function controllerSection({ policy, law, say, country, period, statement }: Teller): NoticeSection {
  const { controller, contact, regimes } = policy;
  const fallback = law(regimes.fallback);
  const who = { controller: controller.name, country: country(controller.country), zone: controller.zone };
  const inquiries = `${say('controller.contact', { address: contact.address })} ${say('controller.inquiries', { period: period(contact.respondWithin) })}`;
  return {
    id: 'controller',
    heading: say('heading.controller'),
    statements: [
      statement('contact.inquiries', say('controller.name', who)),
      statement('contact.inquiries', inquiries, chosenBy(contact.from)),
      statement('regimes.residence', say('controller.regime', { fallback })),
    ],
  };
}

/** Measures, and what the notice says of itself. */
export function closingSections(teller: Teller): NoticeSection[] {
  return [security(teller), aboutSection(teller)].filter(({ statements }) => statements.length > 0);
}

function security({ policy, say, labels, period, statement }: Teller): NoticeSection {
  return {
    id: 'security',
    heading: say('heading.security'),
    statements: policy.security.map(({ name, label, by, every }) => {
      const id = `security.${name}`;
      const values = { label: labels.rule(id, label), by: say(['security', 'by', by]) };
      const text =
        every === undefined
          ? say('security.sentence', values)
          : say('security.recurring', { ...values, period: period(every.period) });
      return statement(id, text, chosenBy(every?.from));
    }),
  };
}

/** What the notice says of itself, and of the service beside what it does with data. */
export function aboutSection(teller: Teller): NoticeSection {
  const { policy, say, labels, statement } = teller;
  const { notice } = policy;
  const statements: Statement[] = [statement('notice.changes', say(`about.${notice.tells}`))];
  if (notice.acceptance) statements.push(statement('notice.acceptance', say(`about.by-${notice.acceptance.by}`)));
  if (notice.thirdParties) statements.push(statement('notice.third-parties', thirdParties(teller)));
  if (notice.poweredBy) {
    const { operator } = notice.poweredBy;
    const listed = policy.recipients.some(({ kind }) => kind === 'model-provider');
    const sentence = listed ? 'about.powered-by' : 'about.powered-by-unlisted';
    statements.push(statement('notice.powered-by', say(sentence, { operator })));
  }
  for (const { name, text } of notice.statements) {
    const id = `notice.${name}`;
    statements.push(statement(id, labels.rule(`${id}.text`, text)));
  }
  return { id: 'about', heading: say('heading.about'), statements };
}

/** All who receive data, with their own policies where they have one: the whole list, whatever the text lists. */
function thirdParties({ policy, say, labels }: Teller): string {
  if (policy.recipients.length === 0) return say('about.third-parties-none');
  const list = policy.recipients
    .map(({ name, label, terms }) => `${labels.name(`recipients.${name}`, label)}${terms ? ` (${terms})` : ''}`)
    .join(', ');
  return say('about.third-parties', { list });
}
