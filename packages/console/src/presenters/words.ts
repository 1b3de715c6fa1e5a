import type { RequestStatus, Right, StaffMember, StoredRequest, Ticket } from '../kept.ts';

/** What a report is called on a page. */
export const REPORT_LABEL: Readonly<Record<NonNullable<StoredRequest['report']>, string>> = {
  child: 'Report of a child',
  pictured: 'Report of somebody pictured',
};

/** What each right is called on a page. */
export const RIGHT_LABEL: Readonly<Record<Right, string>> = {
  access: 'Access',
  portability: 'Portability',
  erasure: 'Erasure',
  rectification: 'Rectification',
  restriction: 'Restriction',
  objection: 'Objection',
  'withdraw-consent': 'Consent withdrawal',
  'optout-training': 'Opt-out of training',
  'optout-marketing': 'Opt-out of marketing',
  'optout-sale': 'Opt-out of sale',
  complaint: 'Complaint',
  appeal: 'Appeal',
};

/** Where a rights request stands, as staff say it. */
export const STATUS_LABEL: Readonly<Record<RequestStatus, string>> = {
  received: 'Waiting for identity',
  verified: 'Identity confirmed',
  previewed: 'Preview ready',
  proposed: 'Waiting for approval',
  approved: 'Approved',
  decided: 'Decided',
  running: 'Running',
  fulfilled: 'Fulfilled',
  'partly-fulfilled': 'Partly fulfilled',
  answered: 'Answered',
  refused: 'Refused',
  linked: 'Linked to an earlier one',
  withdrawn: 'Withdrawn',
};

export const KIND_LABEL: Readonly<Record<Ticket['kind'], string>> = {
  inquiry: 'Inquiry',
  rights: 'Rights',
  unreadable: 'Unreadable',
};

export const ROLE_LABEL: Readonly<Record<StaffMember['role'], string>> = { agent: 'Agent', lead: 'Privacy lead' };

const REGIME_LABEL: Readonly<Record<string, string>> = {
  'eu-gdpr': 'GDPR',
  'uk-gdpr': 'UK GDPR',
  'us-ca': 'CCPA',
  'br-lgpd': 'LGPD',
  'ca-pipeda': 'PIPEDA',
  'ca-qc': 'Law 25',
  'ch-fadp': 'FADP',
  'au-app': 'Privacy Act',
  'jp-appi': 'APPI',
  'kr-pipa': 'PIPA',
  'in-dpdp': 'DPDP Act',
  'cn-pipl': 'PIPL',
  'sg-pdpa': 'PDPA',
  'za-popia': 'POPIA',
  unknown: 'Strictest law',
};

/** The short name of a regime; the state for the acts of the US states, and the id where it has none. */
export function regimeLabel(regime: string): string {
  return REGIME_LABEL[regime] ?? (regime.startsWith('us-') ? regime.toUpperCase() : regime);
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** "Germany" for `DE`, "United States (US-CA)" for `US-CA`; the code itself where it names no country. */
export function residenceLabel(code: string): string {
  const country = code.slice(0, 2);
  try {
    const name = COUNTRIES.of(country) ?? country;
    return code === country ? name : `${name} (${code})`;
  } catch {
    return code;
  }
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** "German" for `de`; the text itself where it is no language code. */
export function languageLabel(code: string): string {
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Rights request received" for `RightsRequestReceived`: names of code as people read them. */
export function spaced(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
