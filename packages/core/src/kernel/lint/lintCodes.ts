import type { Severity } from './lintFinding.ts';

export interface LintMeaning {
  readonly severity: Severity;
  /** What is wrong and why it matters, as a sentence. */
  readonly means: string;
}

/** Every code that lint can find in a policy that loads, sorted. */
export type LintCode =
  | 'ADDRESSES_UNVERIFIED'
  | 'AGREEMENT_EXPIRED'
  | 'AGREEMENT_EXPIRING'
  | 'ANNOUNCED_DATE_ABSENT'
  | 'ANNOUNCED_LIST_EMPTY'
  | 'CARD_NUMBER_COLLECTED'
  | 'CATEGORY_WITHOUT_PERIOD'
  | 'CHILDREN_BELOW_STATUTE'
  | 'CONSENT_BY_USE'
  | 'CONSENT_GATES_NOTHING'
  | 'EXCEPTION_LIST_EMPTY'
  | 'GROUND_UNKNOWN'
  | 'MODEL_OPERATOR_UNLISTED'
  | 'NOTICE_NARROWER_THAN_STATUTE'
  | 'NO_RETENTION_STATED'
  | 'NO_RIGHTS_STATED'
  | 'PERIOD_CHOSEN_BY_OPERATOR'
  | 'PERIOD_NOT_STATED'
  | 'PROHIBITED_CATEGORY'
  | 'PURPOSE_REACHES_NOTHING'
  | 'RECIPIENT_WITHOUT_AGREEMENT'
  | 'RECIPIENT_WITHOUT_TERMS'
  | 'RETENTION_ABOVE_CEILING'
  | 'RETENTION_BELOW_FLOOR'
  | 'RIGHT_WITHOUT_EXECUTOR'
  | 'RULE_WITHOUT_PROMISE'
  | 'SALE_PURPOSE'
  | 'SALE_RECIPIENT'
  | 'THIRD_COUNTRY_WITHOUT_SAFEGUARD'
  | 'TRAINING_OPT_OUT'
  | 'TRAINING_OPT_OUT_ENFORCED'
  | 'VAGUE_PERIOD';

/** What each code means, and how bad it is. */
export const lintCodes: Readonly<Record<LintCode, LintMeaning>> = {
  ADDRESSES_UNVERIFIED: warning('Records are found by an address that an account need not have proven to be its own.'),
  AGREEMENT_EXPIRED: error('An agreement with a recipient is over, so every disclosure to it is denied.'),
  AGREEMENT_EXPIRING: warning('An agreement with a recipient ends soon; from then on disclosures are denied.'),
  ANNOUNCED_DATE_ABSENT: warning('The text announces the date of its last update and gives none.'),
  ANNOUNCED_LIST_EMPTY: warning('The text announces a list of third parties and names nobody.'),
  CARD_NUMBER_COLLECTED: error('The text collects full card numbers, which card-data rules forbid to keep.'),
  CATEGORY_WITHOUT_PERIOD: error('No rule ever ends a category that is kept.'),
  CHILDREN_BELOW_STATUTE: error('The least age is below the one that a statute sets for its residents.'),
  CONSENT_BY_USE: warning('The text takes use of the service for consent, which it is not.'),
  CONSENT_GATES_NOTHING: error('A flag that people can set decides nothing.'),
  EXCEPTION_LIST_EMPTY: warning('The text forbids something except in cases that it announces and does not name.'),
  GROUND_UNKNOWN: warning('Records outlive an erasure on an article that no table of the law lists.'),
  MODEL_OPERATOR_UNLISTED: error('The service runs on models of somebody whom its closed list of recipients omits.'),
  NOTICE_NARROWER_THAN_STATUTE: warning('A statute grants more than the text does; the statute is kept.'),
  NO_RETENTION_STATED: warning('The text says nothing of how long anything is kept.'),
  NO_RIGHTS_STATED: warning('The text states none of the rights that people have.'),
  PERIOD_CHOSEN_BY_OPERATOR: info('A number that the text does not give was chosen by the operator.'),
  PERIOD_NOT_STATED: warning('The text does not say how long some data is kept; the operator chose a period.'),
  PROHIBITED_CATEGORY: error('A category is collected that the text promises never to keep.'),
  PURPOSE_REACHES_NOTHING: warning('A purpose uses no category that is collected.'),
  RECIPIENT_WITHOUT_AGREEMENT: error('A recipient acts on our behalf without an agreement (Art 28 GDPR).'),
  RECIPIENT_WITHOUT_TERMS: info('The notice cannot link the privacy policy of a recipient.'),
  RETENTION_ABOVE_CEILING: error('Something is kept longer than the ceiling that the text promises.'),
  RETENTION_BELOW_FLOOR: error('Records are deleted before the period for which a statute wants them kept.'),
  RIGHT_WITHOUT_EXECUTOR: warning('People have a right by statute that nobody is named to carry out.'),
  RULE_WITHOUT_PROMISE: warning('No clause says that this rule keeps it.'),
  SALE_PURPOSE: error('Data would be sold, or used for the marketing of third parties.'),
  SALE_RECIPIENT: error('Data would go to a buyer or an advertiser.'),
  THIRD_COUNTRY_WITHOUT_SAFEGUARD: error('Data leaves its area of protection without a safeguard (Chapter V GDPR).'),
  TRAINING_OPT_OUT: warning('The text offers an opt-out of training where a law asks for an opt-in.'),
  TRAINING_OPT_OUT_ENFORCED: error('Silence counts as a yes to training under a law that asks for an opt-in.'),
  VAGUE_PERIOD: warning('The text speaks of a period without a number; the operator chose one.'),
};

function error(means: string): LintMeaning {
  return { severity: 'error', means };
}

function warning(means: string): LintMeaning {
  return { severity: 'warning', means };
}

function info(means: string): LintMeaning {
  return { severity: 'info', means };
}
