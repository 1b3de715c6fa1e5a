import type { Right } from '../classify/right.ts';
import type { Refusal, RegimeDuties } from '../clock/regimeDuties.ts';
import { KeptError } from '../keptError.ts';
import { insteadOf } from '../policy/nearestWord.ts';

type Grounds = Pick<RegimeDuties, 'refusals'>;

/** Grounds on which a law lets a right be refused, in whole or in part, sorted by id. What an operator chose is none. */
export function groundsFor({ refusals }: Grounds, right: Right): Refusal[] {
  return refusals.filter(({ from, rights }) => from !== 'operator' && (rights === undefined || rights.includes(right)));
}

/** The ground of that id against that right. Throws GROUND_NOT_FOUND with those there are. */
export function groundNamed(law: Grounds & { readonly id: string }, right: Right, id: string): Refusal {
  const known = groundsFor(law, right);
  const ground = known.find((each) => each.id === id);
  if (ground) return ground;
  const remedy = insteadOf(
    id,
    known.map((each) => each.id),
  );
  throw new KeptError('GROUND_NOT_FOUND', `${law.id} has no such ground against ${right}`, {
    place: 'refusal.ground',
    remedy,
  });
}

/** The ground that a citation rests on, such as "Art 17(3)(b) GDPR"; undefined where the law has none of that article. */
export function groundCited(law: Grounds, right: Right, citation: string): Refusal | undefined {
  return groundsFor(law, right).find((ground) => cites(citation, ground.article));
}

/** Whether a citation names one of the articles: "Art 17(3)" is not "Art 17(3)(b)", nor is "Art 17(3)(b)" "Art 17(3)". */
export function cites(written: string, articles: string): boolean {
  const citation = written.replaceAll(/\bArticle\b/g, 'Art');
  return articles.split(/, (?=Art )/).some((article) => {
    const at = citation.indexOf(article);
    return at >= 0 && !/^[\w(]/.test(citation.slice(at + article.length));
  });
}

/** Categories that a law wants disclosed to nobody, the person included: that they are held is said instead. */
export function neverDisclosed({ refusals }: Grounds): readonly string[] {
  return refusals.find(({ id }) => id === 'never-disclosed')?.categories ?? [];
}
