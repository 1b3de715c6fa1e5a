import type { Inventory } from './inventory.ts';
import type { Clause, Keep, Policy, Recipient, RetentionRule } from './policy.ts';
import type { RegisteredPack } from './registerOf.ts';
import type { Vocabulary, Word } from './vocabulary.ts';
import type { WrittenClause, WrittenKeep, WrittenPolicy, WrittenRecipient, WrittenRetention } from './writtenPolicy.ts';

interface Rest {
  readonly inventory: Inventory;
  readonly vocabulary: Vocabulary;
  readonly register: readonly RegisteredPack[];
  readonly residence: Policy['residence'];
  readonly hash: string;
}

/** Puts a policy without mistakes together: names become members, countries are chosen, kinds bring their duties. */
export function assemblePolicy(
  written: WrittenPolicy,
  { inventory, vocabulary, register, residence, hash }: Rest,
): Policy {
  const registered = register.find((pack) => pack.pack === written.pack);
  return {
    pack: written.pack,
    version: written.version,
    hash,
    controller: written.controller,
    clauses: written.clauses.map((clause) => assembleClause(clause, registered)),
    categories: named(written.categories).map((category) => labelled(category, vocabulary.categories)),
    purposes: named(written.purposes).map((purpose) => labelled(purpose, vocabulary.purposes)),
    recipients: named(written.recipients).map((recipient) => assembleRecipient(recipient, vocabulary)),
    consents: Object.entries(written.consents).map(([flag, consent]) => ({ flag, ...consent })),
    retention: written.retention.map((rule) => assembleRetention(rule, written.controller.country)),
    rights: Object.entries(written.rights).map(([right, rule]) => ({
      right: right as Policy['rights'][number]['right'],
      ...rule,
    })),
    ...(written.children && { children: written.children }),
    cookies: Object.entries(written.cookies).map(([kind, cookie]) => ({ kind, ...cookie })),
    ...(written.visibility && { visibility: written.visibility }),
    notice: { ...written.notice, statements: named(written.notice.statements) },
    never: named(written.never),
    security: named(written.security),
    ...(written.transfers && { transfers: written.transfers }),
    contact: written.contact,
    regimes: written.regimes,
    residence,
    inventory,
    vocabulary,
  };
}

function named<T>(section: Readonly<Record<string, T>>): (T & { name: string })[] {
  return Object.entries(section).map(([name, rule]) => ({ name, ...rule }));
}

function labelled<T extends { name: string; label?: string }>(rule: T, words: readonly Word[]): T & { label: string } {
  return { ...rule, label: rule.label ?? words.find((word) => word.name === rule.name)?.label ?? rule.name };
}

function assembleClause(clause: WrittenClause, registered: RegisteredPack | undefined): Clause {
  const known = registered?.clauses.find((one) => one.id === clause.id);
  const kind = known?.kind ?? clause.kind ?? clause.id.split('.')[1] ?? '';
  return { id: clause.id, kind, says: known?.says ?? clause.says ?? '', keptBy: clause['kept-by'] };
}

function assembleRecipient(written: WrittenRecipient & { name: string }, vocabulary: Vocabulary): Recipient {
  const kind = vocabulary.recipientKinds.find((word) => word.name === written.kind);
  return { ...written, needsAgreement: kind?.needsAgreement ?? false };
}

function assembleRetention(written: WrittenRetention, country: string): RetentionRule {
  return { ...written, keep: assembleKeep(written.keep, country) };
}

function assembleKeep({ byCountry, ...keep }: WrittenKeep, country: string): Keep {
  return { ...keep, ...byCountry?.[country] };
}
