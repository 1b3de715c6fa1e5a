/** A secret in a text: where it stands and of what kind it is, never what it is. */
export interface SecretHit {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/**
 * Formats that their issuers publish, so that a match is hardly ever anything else. Every repetition is bounded, or starts
 * where a word does, so that no text is read more than a few times over.
 */
const KNOWN: readonly (readonly [kind: string, form: RegExp])[] = [
  ['stripe-key', /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,256}/g],
  ['stripe-webhook-secret', /whsec_[A-Za-z0-9+/=]{24,128}/g],
  ['aws-access-key', /(?<![A-Za-z0-9])A(?:KIA|SIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g],
  ['github-token', /(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g],
  ['slack-token', /xox[abeoprs]-[A-Za-z0-9-]{10,255}/g],
  ['google-key', /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g],
  ['openai-key', /(?<![A-Za-z0-9_-])sk-(?:(?:proj|svcacct|admin|ant)-[A-Za-z0-9_-]{20,256}|[A-Za-z0-9]{32,64})/g],
  [
    'fal-key',
    /(?<![0-9A-Fa-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{32}(?![0-9a-f])/g,
  ],
  ['private-key', /-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g],
  ['jwt', /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g],
];

const FEWEST = 16;

/**
 * Keys that stand in the clear: those of well-known issuers, and the host's own by how they begin (`prefixes`, each followed by at
 * least sixteen letters, digits, `_` or `-`; kind `own-key`). In order of place; where two kinds overlap the first one counts.
 */
export function secretsIn(text: string, prefixes: readonly string[] = []): readonly SecretHit[] {
  const forms = prefixes.length === 0 ? KNOWN : [...KNOWN, ownKeys(prefixes)];
  const hits = forms.flatMap(([kind, form]) =>
    Array.from(text.matchAll(form), ({ index, 0: found }) => ({ start: index, end: index + found.length, kind })),
  );
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return hits.filter((hit) => {
    if (hit.start < end) return false;
    end = hit.end;
    return true;
  });
}

function ownKeys(prefixes: readonly string[]): readonly [kind: string, form: RegExp] {
  const begin = prefixes.map((prefix) => prefix.replace(/\W/g, '\\$&')).join('|');
  return ['own-key', new RegExp(`(?<![A-Za-z0-9])(?:${begin})[A-Za-z0-9_-]{${FEWEST},}`, 'g')];
}
