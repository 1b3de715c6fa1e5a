import type {
  ChildrenRule,
  Clause,
  ContactRule,
  Controller,
  Measure,
  NoticeRule,
  Policy,
  Prohibition,
  RegimeRule,
  RightRule,
  Statement,
  TransferRule,
  VisibilityRule,
} from '../policy/policy.ts';
import { clauseJudge } from './dataJudges.ts';
import { type Judge, type Judges, maybeList, periodSaid, weighed, wording, wordList } from './judge.ts';
import { categoryName, kindName, purposeName, recipientName, safeguardName } from './labels.ts';
import { balance, type Said } from './policyChange.ts';

const asPeriod = (period: string | undefined): { period: string } | undefined =>
  period === undefined ? undefined : { period };

/** A promise to answer: later, or gone, is less. */
function answers<R>(): Judge<R, string | undefined> {
  return (before, after, { name }) =>
    periodSaid(name, asPeriod(before), asPeriod(after), {
      longer: 'loosens',
      what: 'answered within',
      none: 'answered within no promised time',
    });
}

const anew = <R>(what: string): Judge<R, string | undefined> =>
  weighed(
    () => 'neither',
    (after, before) => `${what} is ${after ?? 'not given'} instead of ${before ?? 'not given'}`,
  );

export const controllerJudges: Judges<Controller> = {
  name: anew('the name'),
  contact: anew('the contact'),
  country: anew('the country'),
  zone: wording('the time zone'),
  regime: anew('the law that applies'),
};

export const clauseJudges: Judges<Clause> = {
  id: wording('the id'),
  kind: wording('the kind'),
  says: wording('the wording of the promise'),
  keptBy: wording('the rules that keep it'),
};

export function clauseCame({ id, says }: Clause): Said {
  return { text: `New promise (${id}): ${says}`, direction: 'tightens', material: true };
}

export function clauseWent({ id, says }: Clause): Said {
  return { text: `No longer promised (${id}): ${says}`, direction: 'loosens', material: true };
}

export const rightJudges: Judges<RightRule> = {
  right: wording('the right'),
  executor: wording('who carries it out'),
  from: wording('the origin'),
  respondWithin: answers(),
  delay: wording('how long it can still be stopped'),
  statedFor: wording('what it is stated for'),
  clause: clauseJudge(),
};

export const childrenJudges: Judges<ChildrenRule> = {
  minimumAge: weighed(
    (before, after) => balance(after < before, true),
    (after, before) => `${after} instead of ${before}`,
  ),
  byCountry: (before, after, { name, before: rule, after: next }) => {
    const countries = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    const ages = countries.map((country) => ({
      country,
      old: before[country] ?? rule.minimumAge,
      now: after[country] ?? next.minimumAge,
    }));
    const moved = Map.groupBy(
      ages.filter(({ old, now }) => old !== now),
      ({ old, now }) => `${now} instead of ${old}`,
    );
    return [...moved].map(([how, group]): Said => {
      const text = `${name}, in ${group.map(({ country }) => country).join(', ')}: ${how}`;
      return {
        text,
        direction: balance(
          group.some(({ old, now }) => now < old),
          true,
        ),
        material: true,
      };
    });
  },
  clause: clauseJudge(),
};

export const visibilityJudges: Judges<VisibilityRule> = {
  default: weighed(
    (_, after) => (after === 'public' ? 'loosens' : 'tightens'),
    (after) =>
      after === 'public' ? 'seen by everybody unless its owner hides it' : 'seen by its owner alone at first',
  ),
  content: (before, after, between) =>
    wordList<VisibilityRule>({
      // What is content is shut off from staff, and opened to the public where that is the default.
      more: [between.before, between.after].some((rule) => rule.default === 'public') ? 'loosens' : 'tightens',
      fewer: 'loosens',
      gained: 'counts from now on as content:',
      lost: 'no longer counts as content:',
      label: categoryName,
    })(before, after, between),
  staffPurposes: wordList({
    more: 'loosens',
    fewer: 'tightens',
    gained: 'staff may see it from now on for',
    lost: 'staff may no longer see it for',
    label: purposeName,
  }),
  clause: clauseJudge(),
};

export const neverJudges: Judges<Prohibition> = {
  name: wording('the short name'),
  label: wording('the wording'),
  purposes: wordList({ ...denied('for'), label: purposeName }),
  categories: wordList({ ...denied('about'), label: categoryName }),
  to: maybeList(
    { ...denied('towards'), label: kindName },
    {
      came: { text: 'holds towards some recipients only', direction: 'loosens', material: true },
      went: { text: 'holds towards everybody', direction: 'tightens', material: true },
    },
  ),
  recipientKinds: wordList({ ...denied('towards'), label: kindName }),
  unlisted: wordList({
    more: 'tightens',
    fewer: 'loosens',
    gained: 'closed from now on is the list of',
    lost: 'no longer closed is the list of',
  }),
  exceptions: maybeList(
    { more: 'loosens', fewer: 'tightens', gained: 'except for', lost: 'no longer except for', label: recipientName },
    {
      came: { text: 'exceptions are announced', direction: 'loosens', material: true },
      went: { text: 'no exceptions are announced any more', direction: 'tightens', material: true },
    },
  ),
  clause: clauseJudge(),
};

function denied(about: string): { more: 'tightens'; fewer: 'loosens'; gained: string; lost: string } {
  return { more: 'tightens', fewer: 'loosens', gained: `holds from now on ${about}`, lost: `no longer holds ${about}` };
}

export const measureJudges: Judges<Measure> = {
  name: wording('the short name'),
  label: wording('the wording'),
  by: wording('who sees to it'),
  every: (before, after, { name }) =>
    periodSaid(name, before, after, {
      longer: 'loosens',
      what: 'every',
      none: 'no longer at fixed times',
      material: false,
    }),
  clause: clauseJudge(),
};

export const transferJudges: Judges<TransferRule> = {
  safeguards: wordList({
    more: 'loosens',
    fewer: 'tightens',
    gained: 'carried from now on by',
    lost: 'no longer carried by',
    label: safeguardName,
  }),
  clause: clauseJudge(),
};

export const contactJudges: Judges<ContactRule> = {
  address: anew('the address'),
  respondWithin: answers(),
  from: wording('the origin'),
  clause: clauseJudge(),
};

export const regimeJudges: Judges<RegimeRule> = {
  // Only `unknown`, the strictest reading of all, is known to be no less than another.
  fallback: weighed(
    (_, after) => (after === 'unknown' ? 'tightens' : 'loosens'),
    (after, before) => `where the residence is not known, ${after} applies instead of ${before}`,
  ),
  clause: clauseJudge(),
};

/** The parts that are rules of their own are compared apart. */
type NoticeItself = Pick<NoticeRule, 'lastUpdated' | 'dated' | 'clause' | 'tells'>;

export const noticeJudges: Judges<NoticeItself> = {
  lastUpdated: wording('the date'),
  dated: wording('whether a date is announced'),
  clause: wording('the clause'),
  tells: weighed(
    (_, after) => (after === 'posting' ? 'loosens' : 'tightens'),
    (after) => (after === 'posting' ? 'changes are posted only' : 'everybody is told of changes'),
  ),
};

export const listingJudges: Judges<NonNullable<NoticeRule['thirdParties']>> = {
  listed: wording('what it lists'),
  clause: clauseJudge(),
};

export const acceptanceJudges: Judges<NonNullable<NoticeRule['acceptance']>> = {
  by: weighed(
    (_, after) => (after === 'use' ? 'loosens' : 'tightens'),
    (after) => (after === 'use' ? 'using the service counts as agreement' : 'agreement takes an act of its own'),
  ),
  clause: clauseJudge(),
};

export const poweredByJudges: Judges<NonNullable<NoticeRule['poweredBy']>> = {
  operator: anew('the operator'),
  clause: clauseJudge(),
};

export const statementJudges: Judges<Statement> = {
  name: wording('the short name'),
  text: anew('the text'),
  clause: clauseJudge(),
};

/** What holds where a notice does not speak of it. */
export const silent = {
  children: { minimumAge: 0, byCountry: {}, clause: '' },
  visibility: { default: 'private', content: [], staffPurposes: [], clause: '' },
  transfers: ({ vocabulary }: Policy): TransferRule => ({
    safeguards: vocabulary.safeguards.map(({ name }) => name),
    clause: '',
  }),
} as const;
