import type { Right } from '../classify/right.ts';
import { rightUnder } from '../grounds/rightUnder.ts';
import type { Purpose } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import type { ReportSection } from './accessReport.ts';
import { plain, type ReportTeller } from './reportTeller.ts';

const BY_BASIS: readonly Right[] = [
  'rectification',
  'erasure',
  'restriction',
  'objection',
  'portability',
  'withdraw-consent',
];

/** What the data are used for, on which ground, and which rights follow from that; and what software decides alone. */
export function purposeSections(teller: ReportTeller): ReportSection[] {
  const { policy, tell, labels, rowOf } = teller;
  return [
    {
      id: 'purposes',
      heading: tell('heading.purposes'),
      statements: [],
      table: {
        head: ['what', 'basis', 'rights'].map((name) => tell(['purposes', 'head', name])),
        rows: policy.purposes.map((purpose) => {
          const rule = `purposes.${purpose.name}`;
          return rowOf(rule, [
            { text: labels.rule(rule, purpose.label, ['purposes', purpose.name]) },
            { text: basisOf(purpose, teller) },
            { text: rightsOf(purpose, teller) },
          ]);
        }),
      },
    },
    // Policies name no decision that software takes alone; one that they do not name has no rule to be taken by.
    { id: 'automated', heading: tell('heading.automated'), statements: [plain(tell('automated.none'))] },
  ];
}

/** The ground, and where that is a consent, what the person said. */
function basisOf({ name, basis }: Purpose, { policy, facts, tell, say, dayOf }: ReportTeller): string {
  const ground = say(['purposes', 'basis', basis]);
  const asked = policy.consents.filter(({ gates }) => gates.purposes.some((word) => covers(word, name)));
  if (basis !== 'consent' || asked.length === 0) return ground;
  const said = facts.consents.find(({ flag }) => asked.some((one) => one.flag === flag));
  if (said) return tell(['purposes', said.what], { basis: ground, day: dayOf(said.at) });
  return asked.some(({ asks }) => asks === 'opt-in') ? tell('purposes.unasked', { basis: ground }) : ground;
}

function rightsOf(purpose: Purpose, { regime, policy, tell, labels }: ReportTeller): string {
  if (regime.bases === undefined) {
    const granted = BY_BASIS.filter(
      (right) => regime.rights[right] ?? policy.rights.find((rule) => rule.right === right),
    );
    return granted.map((right) => labels.word('rights', right)).join('; ') || tell('none');
  }
  const all = BY_BASIS.flatMap((right) => {
    const granted = rightUnder(regime, purpose, right);
    if (granted === undefined || granted.is === 'none') return [];
    const name = labels.word('rights', right);
    return [granted.if === undefined ? name : tell('purposes.conditional', { right: name, condition: granted.if })];
  });
  return all.join('; ') || tell('none');
}
