import { groundsFor, type Policy, type Regime, type StoredRequest } from '../kept.ts';
import { regimeLabel, residenceLabel } from './words.ts';

export interface LawModel {
  readonly name: string;
  /** The short name, as on the queue. */
  readonly label: string;
  /** Why it is this one. */
  readonly why: string;
  /** Grounds on which it lets this right be refused: what a refusal cites, and what it means. */
  readonly grounds: readonly { readonly article: string; readonly text: string }[];
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
  return {
    name: law.name,
    label,
    why: residence
      ? `The person lives here: ${residenceLabel(residence)}`
      : 'Nobody knows where the person lives; the policy says what holds then',
    grounds: groundsFor(law, right).map(({ article, text, unverified }) => ({
      article: `${article}, ${label}`,
      text: unverified ? `${text} (unverified)` : text,
    })),
  };
}
