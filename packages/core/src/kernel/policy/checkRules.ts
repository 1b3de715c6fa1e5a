import { checkRetention } from './checkRetention.ts';
import { checkSale } from './checkSale.ts';
import type { Inventory } from './inventory.ts';
import { insteadOf } from './nearestWord.ts';
import { ownAnchors } from './ownAnchors.ts';
import { writtenNames } from './ruleIds.ts';
import { isMapping } from './shape.ts';
import { below, mistake, type Spot } from './spot.ts';
import { covers } from './vocabulary.ts';
import type { WrittenPolicy } from './writtenPolicy.ts';

/** What the rules say of each other and of the inventory must fit together. */
export function checkRules(written: Partial<WrittenPolicy>, inventory: Inventory, policy: Spot, places: Spot): void {
  checkCategories(written, inventory, policy, places);
  checkNames(written, policy);
  checkForce(policy);
  checkSale(written, policy);
  checkRetention(written, inventory, policy);
}

/** The notice names what the host keeps, and the host keeps what the notice names. */
function checkCategories(written: Partial<WrittenPolicy>, inventory: Inventory, policy: Spot, places: Spot): void {
  const collected = writtenNames(policy, 'categories');
  for (const collection of inventory.collections) {
    for (const field of collection.fields) {
      if (collected.some((name) => covers(name, field.category))) continue;
      const at = below(places, 'collections', collection.name, 'fields', field.path);
      mistake(
        at,
        'CATEGORY_UNDECLARED',
        `the notice does not name the category "${field.category}"`,
        `add it under categories`,
      );
    }
  }

  // A field that could not be read may hold what seems unused.
  const whole = !places.mistakes.some((one) => one.file === places.source.file);
  const fields = inventory.collections.flatMap((collection) => collection.fields);
  for (const [name, category] of Object.entries(written.categories ?? {})) {
    const at = below(policy, 'categories', name);
    if (whole && category.held === 'host' && !fields.some((field) => covers(name, field.category))) {
      const remedy = 'add the field to the inventory, or say held: kept, device or recipient';
      mistake(at, 'CATEGORY_UNUSED', `no field of the inventory holds "${name}"`, remedy);
    }
    if (category.held === 'kept' && !(name in ownAnchors)) {
      mistake(at, 'UNKNOWN_WORD', `Kept itself holds no "${name}"`, insteadOf(name, Object.keys(ownAnchors)));
    }
  }
}

const FORBIDS = ['purposes', 'recipientKinds', 'categories', 'unlisted'] as const;

/**
 * A rule that reaches nothing would let a notice promise what nobody keeps. It is judged as it is written: a word that
 * could not be read is a mistake of its own.
 */
function checkForce(policy: Spot): void {
  const data = isMapping(policy.source.data) ? policy.source.data : {};
  const isEmpty = (words: unknown): boolean => words === undefined || words === null || String(words) === '';
  for (const [name, never] of isMapping(data.never) ? Object.entries(data.never) : []) {
    if (!isMapping(never) || FORBIDS.some((key) => !isEmpty(never[key]))) continue;
    const remedy = `name ${FORBIDS.slice(0, -1).join(', ')} or ${FORBIDS.at(-1)}`;
    mistake(below(policy, 'never', name), 'RULE_WITHOUT_FORCE', `"never.${name}" forbids nothing`, remedy);
  }
  for (const [index, rule] of Array.isArray(data.retention) ? data.retention.entries() : []) {
    if (!isMapping(rule) || !Array.isArray(rule.covers) || rule.covers.length > 0) continue;
    const at = below(policy, 'retention', index, 'covers');
    mistake(at, 'RULE_WITHOUT_FORCE', `"retention.${rule.id}" covers nothing`, 'name the categories that it ends');
  }
}

/** Flags, recipients and gates that one rule names must be written elsewhere. */
function checkNames(written: Partial<WrittenPolicy>, policy: Spot): void {
  const flags = writtenNames(policy, 'consents');
  const recipients = writtenNames(policy, 'recipients');

  for (const [kind, cookie] of Object.entries(written.cookies ?? {})) {
    const at = below(policy, 'cookies', kind);
    if (cookie.needsConsent !== (cookie.consent !== undefined)) {
      mistake(
        at,
        'RULE_CONTRADICTORY',
        'a flag is named exactly where consent is needed',
        'give consent: with the flag, or needsConsent: false',
      );
    } else if (cookie.consent !== undefined && !flags.includes(cookie.consent)) {
      mistake(
        below(at, 'consent'),
        'UNKNOWN_WORD',
        `unknown flag "${cookie.consent}"`,
        insteadOf(cookie.consent, flags),
      );
    }
  }

  for (const [name, purpose] of Object.entries(written.purposes ?? {})) {
    const gated = Object.values(written.consents ?? {}).some((consent) =>
      consent.gates.purposes.some((gate) => covers(gate, name)),
    );
    if (purpose.basis !== 'consent' || gated || Object.keys(written.consents ?? {}).length < flags.length) continue;
    const at = below(policy, 'purposes', name);
    mistake(
      at,
      'RULE_CONTRADICTORY',
      `"${name}" rests on consent, and no flag gates it`,
      'add a flag under consents that gates it',
    );
  }

  for (const [right, rule] of Object.entries(written.rights ?? {})) {
    if (rule.from !== 'statute' || rule.respondWithin === undefined) continue;
    const message = `the notice does not promise "${right}", so it cannot promise a period for it`;
    const at = below(policy, 'rights', right, 'respondWithin');
    mistake(at, 'RULE_CONTRADICTORY', message, 'remove respondWithin:, or write from: notice or operator');
  }
  for (const [name, consent] of Object.entries(written.consents ?? {})) {
    if (consent.asks !== 'opt-in' || consent.givenIn.length === 0) continue;
    const at = below(policy, 'consents', name, 'givenIn');
    mistake(at, 'RULE_CONTRADICTORY', `"${name}" waits for a yes, so silence is none`, 'remove givenIn:');
  }

  const named: [readonly (string | number)[], readonly string[]][] = [
    ...Object.entries(written.never ?? {}).map(([name, never]): [string[], readonly string[]] => [
      ['never', name, 'exceptions'],
      never.exceptions ?? [],
    ]),
    [['notice', 'thirdParties', 'listed'], written.notice?.thirdParties?.listed ?? []],
    ...Object.entries(written.consents ?? {}).map(([flag, consent]): [string[], readonly string[]] => [
      ['consents', flag, 'gates', 'recipients'],
      consent.gates.recipients ?? [],
    ]),
  ];
  for (const [path, names] of named) {
    for (const name of names) {
      if (recipients.includes(name)) continue;
      mistake(below(policy, ...path), 'UNKNOWN_WORD', `unknown recipient "${name}"`, insteadOf(name, recipients));
    }
  }
}
