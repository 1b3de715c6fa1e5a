import type { Length } from '../clock/regime.ts';
import { minimumAgeAt } from '../residence/minimumAgeAt.ts';
import { listedUnder } from './listedUnder.ts';
import type { Mark, NoticeSection, Row, Statement } from './noticeDocument.ts';
import { chosenBy, type Teller } from './noticeTeller.ts';

/** What people decide and may ask for. Sections on which the policy has no rule are left out. */
export function personSections(teller: Teller): NoticeSection[] {
  return [consents(teller), rights(teller), children(teller), cookies(teller), visibility(teller)].filter(
    ({ statements, table }) => statements.length > 0 || (table?.rows.length ?? 0) > 0,
  );
}

function consents({ policy, words, say, country, labels, statement }: Teller): NoticeSection {
  const byName = new Intl.Collator(words.language).compare;
  const homesOf = (regimes: readonly string[]): string =>
    regimes
      .map((id) => country(homeOf(id)))
      .sort(byName)
      .join(', ');
  return {
    id: 'consents',
    heading: say('heading.consents'),
    statements: policy.consents.map(({ flag, label, asks, givenIn }) => {
      const id = `consents.${flag}`;
      const regimes = givenIn.length === 0 ? say('none') : homesOf(givenIn);
      return statement(id, say(`consents.${asks}`, { label: labels.rule(id, label), regimes }));
    }),
  };
}

/** Where a law protects people, out of its id: `us-ca` is California, `br-lgpd` Brazil. */
function homeOf(regime: string): string {
  return /^[a-z]{2}-[a-z]{2}$/.test(regime) ? regime.toUpperCase() : regime.slice(0, 2).toUpperCase();
}

function rights(teller: Teller): NoticeSection {
  const { policy, regime, law, say, statement } = teller;
  const { address } = policy.contact;
  return {
    id: 'rights',
    heading: say('heading.rights'),
    statements:
      policy.rights.length === 0
        ? []
        : [
            statement('contact.inquiries', say('rights.intro', { address, regime: law(regime.id) })),
            ...complaint(teller),
          ],
    table: {
      head: ['what', 'when', 'law'].map((column) => say(['rights', 'head', column])),
      rows: policy.rights.map((rule) => rightRow(rule, teller)),
    },
  };
}

/** Nobody has to promise it, and everybody has to say it (Art 13(2)(d) GDPR). */
function complaint({ regime, say, article, statement }: Teller): Statement[] {
  const { complaint: granted } = regime.rights;
  if (granted === undefined) return [];
  const marks: Mark[] = granted.unverified ? ['unverified'] : [];
  return [statement('regimes.residence', say('rights.complaint', { article: article(granted.article) }), marks)];
}

function rightRow({ right, respondWithin, from }: Teller['policy']['rights'][number], teller: Teller): Row {
  const { regime, say, labels, period, article, row } = teller;
  const granted = regime.rights[right];
  const term = regime.respond;
  const marks: Mark[] = [];
  if (respondWithin !== undefined) marks.push(...chosenBy(from));
  if (granted?.unverified || (respondWithin === undefined && term?.unverified)) marks.push('unverified');
  const statutory = term === undefined ? say('none') : period(isoOf(term));
  const within =
    respondWithin === undefined
      ? say('rights.statute', { period: statutory })
      : say('rights.promised', { period: period(respondWithin) });
  const law = [
    granted ? article(granted.article) : say('none'),
    ...(from === 'statute' ? [say('rights.not-stated')] : []),
  ];
  return row(`rights.${right}`, [labels.word('rights', right), within, law.join(', ')], marks);
}

/** Business days are days to whoever waits for them. */
function isoOf(length: Length): string {
  if ('months' in length) return `P${length.months}M`;
  return `P${'days' in length ? length.days : length.businessDays}D`;
}

function children({ policy, words, say, country, statement }: Teller): NoticeSection {
  const section = { id: 'children', heading: say('heading.children') };
  const { children: rule } = policy;
  if (rule === undefined) return { ...section, statements: [] };
  const list = Object.keys(rule.byCountry)
    .map((code) => `${country(code)} ${minimumAgeAt(code, rule)}`)
    .sort(new Intl.Collator(words.language).compare)
    .join(', ');
  const elsewhere = list === '' ? '' : ` ${say('children.elsewhere', { list })}`;
  const text = `${say('children.age', { age: String(rule.minimumAge) })}${elsewhere}`;
  return { ...section, statements: [statement('children.minimum-age', text)] };
}

function cookies({ policy, words, say, labels, row }: Teller): NoticeSection {
  const technology = (name: string): string =>
    words.has('cookies', 'technology', name) ? say(['cookies', 'technology', name]) : name;
  return {
    id: 'cookies',
    heading: say('heading.cookies'),
    statements: [],
    table: {
      head: ['what', 'consent', 'how'].map((column) => say(['cookies', 'head', column])),
      rows: policy.cookies.map(({ kind, needsConsent, technologies }) => {
        const id = `cookies.${kind}`;
        const name = words.has('cookies', 'kind', kind) ? say(['cookies', 'kind', kind]) : labels.rule(id, kind);
        const waits = say(needsConsent ? 'cookies.asked' : 'cookies.needed');
        return row(id, [name, waits, technologies.map(technology).join(', ')]);
      }),
    },
  };
}

function visibility({ policy, say, list, statement }: Teller): NoticeSection {
  const section = { id: 'visibility', heading: say('heading.visibility') };
  const { visibility: rule } = policy;
  if (rule === undefined) return { ...section, statements: [] };
  const purposes = list('purposes', listedUnder(policy, rule.staffPurposes));
  const staff = purposes === '' ? say('visibility.no-staff') : say('visibility.staff', { purposes });
  const text = `${say(`visibility.${rule.default}`, { content: list('categories', rule.content) })} ${staff}`;
  return { ...section, statements: [statement('visibility.default', text)] };
}
