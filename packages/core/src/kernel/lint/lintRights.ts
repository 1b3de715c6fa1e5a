import type { Right } from '../classify/right.ts';
import { periodDays } from '../policy/periodDays.ts';
import type { Policy } from '../policy/policy.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Rights that people have by statute whatever a notice says (Arts 15 to 21 and 7(3) GDPR). */
const statutory: readonly Right[] = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'withdraw-consent',
];

/** The longest that a month of Art 12(3) GDPR can be. */
const MONTH_DAYS = 31;

/** Where the statute grants more than the notice, the statute wins; these are the places. */
export function lintRights(policy: Policy): LintFinding[] {
  return [...unexecuted(policy), ...unstated(policy), ...partly(policy), ...slow(policy)];
}

function unexecuted({ rights }: Policy): LintFinding[] {
  return statutory
    .filter((right) => !rights.some((rule) => rule.right === right))
    .map((right) => {
      const message = `people have the right of ${right} by statute, and nobody is named to carry it out`;
      const remedy = `add rights: ${right}: {executor, from, clause}`;
      return finding('RIGHT_WITHOUT_EXECUTOR', { where: `rights.${right}` }, message, remedy);
    });
}

function unstated({ rights }: Policy): LintFinding[] {
  const silent = rights.filter(({ from }) => from === 'statute');
  const [first] = silent;
  if (first === undefined) return [];
  const remedy = 'state it in the notice (Art 13(2)(b) GDPR); requests are answered under the statute meanwhile';
  if (silent.length === rights.length) {
    const message = 'the notice states no rights at all';
    return [finding('NO_RIGHTS_STATED', { where: 'rights', clause: first.clause }, message, remedy)];
  }
  return silent.map(({ right, clause }) => {
    const message = `the notice does not state the right of ${right}, which people have by statute`;
    return finding('NOTICE_NARROWER_THAN_STATUTE', { where: `rights.${right}`, clause }, message, remedy);
  });
}

function partly({ rights }: Policy): LintFinding[] {
  return rights.flatMap(({ right, statedFor, clause }) => {
    if (statedFor === undefined) return [];
    const message = `the notice states the right of ${right} for ${statedFor.join(', ')} alone, the statute for all personal data`;
    const remedy = 'state it for all; requests are answered under the statute meanwhile';
    return [finding('NOTICE_NARROWER_THAN_STATUTE', { where: `rights.${right}`, clause }, message, remedy)];
  });
}

function slow({ rights }: Policy): LintFinding[] {
  return rights.flatMap(({ right, respondWithin, clause }) => {
    if (respondWithin === undefined || periodDays(respondWithin) <= MONTH_DAYS) return [];
    const message = `the notice promises an answer within ${respondWithin}, the statute within one month (Art 12(3) GDPR)`;
    const remedy = 'promise a month or less; until then the statute is kept';
    return [finding('NOTICE_NARROWER_THAN_STATUTE', { where: `rights.${right}`, clause }, message, remedy)];
  });
}
