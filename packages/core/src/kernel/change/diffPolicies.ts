import { categoryLabel } from '../policy/categoryLabel.ts';
import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { consentCame, consentJudges, consentWent, cookieCame, cookieJudges } from './consentJudges.ts';
import { categoryCame, categoryJudges, categoryWent, purposeCame, purposeJudges } from './dataJudges.ts';
import { diffInventory } from './diffInventory.ts';
import { diffNotice } from './diffNotice.ts';
import { diffRule, diffRules, type Section, type Versions } from './diffRules.ts';
import { optional, single } from './diffSingle.ts';
import { diffWords } from './diffWords.ts';
import { rightName } from './labels.ts';
import { type PolicyChange, together } from './policyChange.ts';
import {
  childrenJudges,
  clauseCame,
  clauseJudges,
  clauseWent,
  contactJudges,
  controllerJudges,
  measureJudges,
  neverJudges,
  regimeJudges,
  rightJudges,
  silent,
  transferJudges,
  visibilityJudges,
} from './promiseJudges.ts';
import { recipientCame, recipientJudges } from './recipientJudges.ts';
import { retentionCame, retentionJudges, retentionWent } from './retentionJudges.ts';

/** What of a compiled policy is never compared: it names the version, and follows from all the rest. */
export const UNCOMPARED = ['version', 'hash'] as const;

const purposes: Section<Policy['purposes'][number]> = {
  name: 'purposes',
  judges: purposeJudges,
  idOf: ({ name }) => name,
  labelOf: ({ label }) => label,
  came: purposeCame,
  went(purpose, versions) {
    const said = { text: `No longer a purpose: ${purpose.label}`, direction: 'tightens', material: true } as const;
    const wider = versions.b.purposes
      .filter(({ name }) => covers(name, purpose.name))
      .sort((one, other) => other.name.length - one.name.length)[0];
    if (wider === undefined) return said;
    // Questions about it now fall under the wider purpose, which may reach more.
    const moved = diffRule(purposes, purpose, { ...wider, name: purpose.name }, versions);
    return { ...said, direction: together(moved.map(({ direction }) => direction)) };
  },
};

/** Differences between two versions of a policy, section by section, in one order; empty where they say the same. */
export function diffPolicies(a: Policy, b: Policy): PolicyChange[] {
  const versions = { a, b };
  return [
    ...(a.pack === b.pack ? [] : [otherPack(versions)]),
    ...single('controller', '', 'Controller', controllerJudges, a.controller, b.controller, versions),
    ...diffRules(
      {
        name: 'clauses',
        judges: clauseJudges,
        idOf: ({ id }) => id,
        labelOf: ({ id }) => `Promise ${id}`,
        came: clauseCame,
        went: clauseWent,
      },
      a.clauses,
      b.clauses,
      versions,
    ),
    ...diffRules(
      {
        name: 'categories',
        judges: categoryJudges,
        idOf: ({ name }) => name,
        labelOf: ({ label }) => label,
        came: categoryCame,
        went: (rule) => categoryWent(rule, b),
      },
      a.categories,
      b.categories,
      versions,
    ),
    ...diffRules(purposes, a.purposes, b.purposes, versions),
    ...diffRules(
      {
        name: 'recipients',
        judges: recipientJudges,
        idOf: ({ name }) => name,
        labelOf: ({ label }) => label,
        came: (rule) => recipientCame(rule, b),
        went: ({ label }) => ({ text: `No longer a recipient: ${label}`, direction: 'tightens', material: true }),
      },
      a.recipients,
      b.recipients,
      versions,
    ),
    ...diffRules(
      {
        name: 'consents',
        judges: consentJudges,
        idOf: ({ flag }) => flag,
        labelOf: ({ label }) => label,
        came: (rule) => consentCame(rule, a),
        went: (rule) => consentWent(rule, b),
      },
      a.consents,
      b.consents,
      versions,
    ),
    ...diffRules(
      {
        name: 'retention',
        judges: retentionJudges,
        idOf: ({ id }) => id,
        labelOf: ({ covers: words }, policy) => categoryLabel(policy, words),
        came: (rule) => retentionCame(rule, categoryLabel(b, rule.covers)),
        went: (rule) => retentionWent(rule, categoryLabel(a, rule.covers)),
      },
      a.retention,
      b.retention,
      versions,
    ),
    ...diffRules(
      {
        name: 'rights',
        judges: rightJudges,
        idOf: ({ right }) => right,
        labelOf: ({ right }, policy) => rightName(right, policy),
        came: (rule) => ({ text: `New right: ${rightName(rule.right, b)}`, direction: 'tightens', material: true }),
        went: (rule) => ({
          text: `No longer a right: ${rightName(rule.right, a)}`,
          direction: 'loosens',
          material: true,
        }),
      },
      a.rights,
      b.rights,
      versions,
    ),
    ...optional(
      'children',
      'minimum-age',
      'Least age',
      childrenJudges,
      a.children,
      b.children,
      versions,
      silent.children,
    ),
    ...diffRules(
      {
        name: 'cookies',
        judges: cookieJudges,
        idOf: ({ kind }) => kind,
        labelOf: ({ kind }) => `Cookies (${kind})`,
        came: cookieCame,
        went: ({ kind }) => ({ text: `No longer set: cookies (${kind})`, direction: 'tightens', material: true }),
      },
      a.cookies,
      b.cookies,
      versions,
    ),
    ...optional(
      'visibility',
      'default',
      'Content',
      visibilityJudges,
      a.visibility,
      b.visibility,
      versions,
      silent.visibility,
    ),
    ...diffRules(
      {
        name: 'never',
        judges: neverJudges,
        idOf: ({ name }) => name,
        labelOf: ({ label }) => label,
        came: ({ label }) => ({ text: `New prohibition: ${label}`, direction: 'tightens', material: true }),
        went: ({ label }) => ({ text: `No longer prohibited: ${label}`, direction: 'loosens', material: true }),
      },
      a.never,
      b.never,
      versions,
    ),
    ...diffRules(
      {
        name: 'security',
        judges: measureJudges,
        idOf: ({ name }) => name,
        labelOf: ({ label }) => label,
        came: ({ label }) => ({ text: `New measure: ${label}`, direction: 'tightens', material: false }),
        went: ({ label }) => ({ text: `No longer a measure: ${label}`, direction: 'loosens', material: true }),
      },
      a.security,
      b.security,
      versions,
    ),
    ...optional('transfers', 'safeguards', 'Transfers', transferJudges, a.transfers, b.transfers, versions, {
      safeguards: silent.transfers(a.transfers === undefined ? a : b).safeguards,
      clause: '',
    }),
    ...single('contact', 'inquiries', 'Questions', contactJudges, a.contact, b.contact, versions),
    ...single('regimes', 'residence', 'Law', regimeJudges, a.regimes, b.regimes, versions),
    ...diffNotice(versions),
    ...diffInventory(a.inventory, b.inventory),
    ...diffWords(a, b),
  ];
}

function otherPack({ a, b }: Versions): PolicyChange {
  const text = `It is the policy of ${b.pack} instead of ${a.pack}`;
  const place = { section: 'pack', rule: 'pack', change: 'changed', clause: '' } as const;
  return { ...place, text, before: a.pack, after: b.pack, direction: 'loosens', material: true };
}
