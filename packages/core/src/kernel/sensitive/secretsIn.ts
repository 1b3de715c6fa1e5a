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
  ['jwt', /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{10,8192}\.[A-Za-z0-9_-]{10,1024}/g],
];

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g;
const FEWEST = 16;

/**
 * Keys that stand in the clear: those of well-known issuers, and the host's own by how they begin (`prefixes`, each followed by at
 * least sixteen letters, digits, `_` or `-`; kind `own-key`). In order of place; where two kinds overlap the first one counts.
 */
export function secretsIn(text: string, prefixes: readonly string[] = NO_PREFIXES): readonly SecretHit[] {
  const { forms, any } = formsWith(prefixes);
  const hits = text.includes('-----BEGIN ') ? [...hitsOf('private-key', PRIVATE_KEY, text, 0)] : [];
  for (const [start, end] of longWords(text)) {
    const word = text.slice(start, end);
    if (!any.test(word)) continue;
    for (const [kind, form] of forms) hits.push(...hitsOf(kind, form, word, start));
  }
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return hits.filter((hit) => {
    if (hit.start < end) return false;
    end = hit.end;
    return true;
  });
}

/** Characters of secrets and of what joins their parts. Secrets are sought in long words of these and nowhere else. */
const OF_WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9_.:+/=-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Places of the words that are long enough: each is met by its sixteenth character, so that most others are passed over. */
function* longWords(text: string): Generator<readonly [start: number, end: number]> {
  const isOfWord = (at: number): boolean => OF_WORD[text.charCodeAt(at)] === 1;
  let start = 0;
  while (start + FEWEST <= text.length) {
    let before = start + FEWEST - 1;
    while (before >= start && isOfWord(before)) before -= 1;
    if (before >= start) {
      start = before + 1;
      continue;
    }
    let end = start + FEWEST;
    while (end < text.length && isOfWord(end)) end += 1;
    yield [start, end];
    start = end + 1;
  }
}

function* hitsOf(kind: string, form: RegExp, text: string, at: number): Generator<SecretHit> {
  for (const { index, 0: found } of text.matchAll(form)) {
    yield { start: at + index, end: at + index + found.length, kind };
  }
}

interface Forms {
  readonly forms: typeof KNOWN;
  /** Whether a word is worth a closer look. */
  readonly any: RegExp;
}

/** By the list of prefixes: who asks about many texts hands over the same one. */
const compiled = new WeakMap<readonly string[], Forms>();
const NO_PREFIXES: readonly string[] = [];

function formsWith(prefixes: readonly string[]): Forms {
  const known = compiled.get(prefixes);
  if (known) return known;
  const forms = prefixes.length === 0 ? KNOWN : [...KNOWN, ownKeys(prefixes)];
  const made = { forms, any: new RegExp(forms.map(([, form]) => form.source).join('|')) };
  compiled.set(prefixes, made);
  return made;
}

function ownKeys(prefixes: readonly string[]): readonly [kind: string, form: RegExp] {
  const begin = prefixes.map((prefix) => prefix.replace(/\W/g, '\\$&')).join('|');
  return ['own-key', new RegExp(`(?<![A-Za-z0-9])(?:${begin})[A-Za-z0-9_-]{${FEWEST},512}`, 'g')];
}
