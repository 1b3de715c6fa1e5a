import { groundsFor, type Policy, type Regime, type StoredRequest } from '../kept.ts';
import { regimeLabel, residenceLabel } from './words.ts';

export interface LawModel {
  readonly name: string;
  /** The short name, as on the queue. */
  readonly label: string;
  /** Why it is this one. */
  readonly why: string;
  /** Grounds on which it lets this right be refused. Where nobody listed any, a refusal names its article itself. */
  readonly grounds: readonly LawGround[];
  /** Some of them end on a day, which the refusal then names. */
  readonly someEnd: boolean;
}

interface LawGround {
  readonly id: string;
  readonly article: string;
  readonly text: string;
  /** It ends on a day, which the refusal names. */
  readonly ends: boolean;
}

/** Places to choose from: those whose law is known here, by name. */
export function presentPlaces(residence: Policy['residence']): { readonly code: string; readonly label: string }[] {
  return Object.keys(residence)
    .map((code) => ({ code, label: residenceLabel(code) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** The law that a request runs under. What we chose ourselves is no ground, and what nobody read is said to be so. */
export function presentLaw(law: Regime, { right, residence }: StoredRequest): LawModel {
  const label = regimeLabel(law.id);
  const known = groundsFor(law, right);
  return {
    name: law.name,
    label,
    why: residence
      ? `The person lives here: ${residenceLabel(residence)}`
      : 'Nobody knows where the person lives; the policy says what holds then',
    someEnd: known.some(({ ends }) => ends === 'date'),
    grounds: known.map(({ id, article, text, unverified, ends }) => ({
      id,
      ends: ends === 'date',
      article: `${article}, ${label}`,
      text: unverified ? `${text} (unverified)` : text,
    })),
  };
}
