import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { type Mark, type Place, placesIn, type Tree } from './place.ts';
import { type ScanCode, type ScanFinding, scanFinding } from './scanFinding.ts';

/** What the records of a collection are to the inventory. */
export type Standing =
  /** Its fields have categories. */
  | 'listed'
  /** The inventory says that it holds nothing of people. */
  | 'impersonal'
  | 'unlisted'
  /** Kept's own: none of the host's fields. */
  | 'own';

/** What was found in a collection, by the place where it stands. */
export function findingsIn(
  tree: Tree,
  { collection, standing, policy, ids }: { collection: string; standing: Standing; policy: Policy; ids: boolean },
): ScanFinding[] {
  const found: ScanFinding[] = [];
  if (tree.folded && standing === 'listed') {
    found.push(scanFinding('PLACES_UNTOLD', collection, 'More names than can be told apart: some are shown as *'));
  }
  if (tree.tooDeep) {
    found.push(scanFinding('PLACES_UNTOLD', `${collection} (deep)`, 'Some values lie too deep to be looked at'));
  }
  for (const place of placesIn(tree.root)) {
    const where = `${collection}.${place.path}`;
    if (standing === 'listed' && !isKnown(place)) {
      const kinds = [...place.kinds].sort().join(', ');
      const message = `The inventory has no category for it (${kinds})`;
      found.push(scanFinding('FIELD_UNLISTED', where, message, { count: place.seen.records }));
    }
    for (const marks of byCode(place)) found.push(findingOf(marks, where, policy, ids));
  }
  return found;
}

function isKnown({ path, listed, kinds }: Place): boolean {
  if (listed.field !== undefined || listed.leads) return true;
  const holds = (...only: readonly string[]): boolean => [...kinds].every((kind) => only.includes(kind));
  // Mongoose gives parts of a record keys of their own, which lead nowhere.
  if (path.endsWith('._id')) return holds('objectId', 'null');
  return listed.above && holds('null');
}

function byCode(place: Place): (readonly [Mark, ...Mark[]])[] {
  const all = [...place.marks.values()];
  const codes = [...new Set(all.map(({ code }) => code))].sort();
  return codes.map((code) => all.filter((each) => each.code === code) as unknown as readonly [Mark, ...Mark[]]);
}

function findingOf(marks: readonly [Mark, ...Mark[]], where: string, policy: Policy, ids: boolean): ScanFinding {
  const [{ code }] = marks;
  const whats = marks.map(({ what }) => what).filter((what) => what !== '');
  const sentence = sentences[code] ?? code;
  // A record may hold several kinds: at least as many as hold the commonest.
  const count = Math.max(...marks.map(({ records }) => records));
  return scanFinding(code, where, whats.length === 0 ? sentence : `${sentence}: ${whats.sort().join(', ')}`, {
    count,
    clause: clauseOf(code, policy),
    ...(ids && { ids: [...new Set(marks.flatMap((mark) => mark.ids.map(String)))] }),
  });
}

const sentences: Partial<Record<ScanCode, string>> = {
  ANCHOR_NO_DATE: 'Periods count from it, and what stands there is no date',
  CANARY_FOUND: 'A planted value stands there',
  CARD_NUMBER_STORED: 'Full card numbers are stored',
  FILE_KEY_UNREADABLE: 'Keys of files are expected, and what stands there is no text',
  HASH_EXPECTED: 'The inventory says that hashes are stored, and clear values are',
  IDENTIFIER_UNLISTED: 'What the inventory does not know names people',
  KEY_TOO_OLD: 'API keys are older than advised',
  SECRET_STORED: 'Secrets are stored in the clear',
};

/** The promise that a finding is about, where the policy makes one. */
export function clauseOf(code: ScanCode, { never, security, notice }: Policy): string | undefined {
  const measure = (name: string): string | undefined => security.find((each) => each.name === name)?.clause;
  if (code === 'CARD_NUMBER_STORED') {
    return never.find(({ categories }) => categories.some((category) => covers(category, 'payment.card')))?.clause;
  }
  if (code === 'RECIPIENT_UNLISTED') return notice.thirdParties?.clause;
  if (code === 'KEY_TOO_OLD' || code === 'KEY_AGE_UNKNOWN') return measure('api-key-rotation');
  if (code === 'HASH_EXPECTED' || code === 'SECRET_STORED') return measure('api-keys-hashed');
  return undefined;
}
