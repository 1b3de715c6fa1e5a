import { diffRule, diffRules, type Section, type Versions } from './diffRules.ts';
import type { Judges } from './judge.ts';
import type { PolicyChange, Said } from './policyChange.ts';
import { acceptanceJudges, listingJudges, noticeJudges, poweredByJudges, statementJudges } from './promiseJudges.ts';

const came = (what: string, direction: Said['direction'] = 'neither'): Said => ({
  text: what,
  direction,
  material: true,
});

/** What the text says of itself, and what it tells people that no rule can decide. */
export function diffNotice(versions: Versions): PolicyChange[] {
  const { notice: before } = versions.a;
  const { notice: after } = versions.b;
  const itself = ({ lastUpdated, dated, clause, tells }: typeof before): object => ({
    lastUpdated,
    dated,
    clause,
    tells,
  });
  return [
    ...diffRule(section('changes', 'Notice', noticeJudges), itself(before) as never, itself(after) as never, versions),
    ...part(
      'third-parties',
      'List of third parties',
      listingJudges,
      before.thirdParties,
      after.thirdParties,
      versions,
      {
        came: came('A list of third parties is published', 'tightens'),
        went: came('No list of third parties is published any more', 'loosens'),
      },
    ),
    ...part('acceptance', 'Agreement', acceptanceJudges, before.acceptance, after.acceptance, versions, {
      came: came('Agreement to the notice is spoken of'),
      went: came('Agreement to the notice is no longer spoken of'),
    }),
    ...part('powered-by', 'Models', poweredByJudges, before.poweredBy, after.poweredBy, versions, {
      came: came('It is said whose models the service runs on'),
      went: came('It is no longer said whose models the service runs on'),
    }),
    ...diffRules(
      {
        name: 'notice',
        judges: statementJudges,
        idOf: ({ name }) => name,
        labelOf: ({ name }) => `Statement ${name}`,
        came: ({ text }) => came(`New statement: ${text}`, 'tightens'),
        went: ({ text }) => came(`No longer stated: ${text}`, 'loosens'),
      },
      before.statements,
      after.statements,
      versions,
    ),
  ];
}

function section<R extends object>(
  id: string,
  label: string,
  judges: Judges<R>,
): Pick<Section<R>, 'name' | 'judges' | 'idOf' | 'labelOf'> {
  return { name: 'notice', judges, idOf: () => id, labelOf: () => label };
}

function part<R extends object>(
  id: string,
  label: string,
  judges: Judges<R>,
  before: R | undefined,
  after: R | undefined,
  versions: Versions,
  said: { came: Said; went: Said },
): PolicyChange[] {
  const list = (rule: R | undefined): R[] => (rule === undefined ? [] : [rule]);
  const whole = { ...section(id, label, judges), came: () => said.came, went: () => said.went };
  return diffRules(whole, list(before), list(after), versions);
}
