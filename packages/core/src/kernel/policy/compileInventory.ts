import { followed, redactionsOf } from './checkAnchors.ts';
import { checkFieldSources } from './checkFieldSources.ts';
import { checkSource } from './checkSource.ts';
import type { About, Collection, Field, Inventory, SubjectPath } from './inventory.ts';
import type { WrittenAbout, WrittenCollection, WrittenInventory, WrittenSubject } from './inventoryShape.ts';
import { insteadOf } from './nearestWord.ts';
import { periodDays } from './periodDays.ts';
import { writtenRules } from './ruleIds.ts';
import { below, mistake, type Spot } from './spot.ts';
import { covers } from './vocabulary.ts';
import type { WrittenRetention } from './writtenPolicy.ts';

/** Turns the written inventory into the compiled one, and finds for each collection the one rule that governs it. */
export function compileInventory(
  written: WrittenInventory,
  rules: readonly WrittenRetention[],
  policy: Spot,
  spot: Spot,
): Inventory {
  const ids = writtenRules(policy.source.data).map((rule) => rule.id);
  const collections = Object.entries(written.collections).map(([name, collection]) => {
    const { stored, when } = collection;
    const at = below(spot, 'collections', ...(stored && when ? [stored, 'when', when.equals] : [name]));
    checkLinks(name, collection, written, at);
    checkFieldSources(collection, at);
    checkSource(name, written, at);
    const rule = governingRule(name, collection, { rules, ids }, at);
    const follows = rule === undefined ? undefined : followed(name, collection, rule, written, at);
    return {
      ...compiledCollection(name, collection, rule?.id, follows),
      ...redactionsOf(name, collection, rule, rules, at),
    };
  });
  const files = Object.entries(written.files).map(([name, entry]) => ({ name, ...entry }));
  const storedNames = new Set(collections.map(({ name, stored }) => stored ?? name));
  const impersonal = Object.entries(written.impersonal).map(([name, why]) => ({ name, why }));
  for (const { name } of impersonal.filter((each) => storedNames.has(each.name))) {
    const message = `"${name}" cannot hold data of people and nothing of people`;
    mistake(below(spot, 'impersonal', name), 'RULE_CONTRADICTORY', message, 'take it out of one of the two lists');
  }
  return {
    collections,
    files,
    ...(impersonal.length > 0 && { impersonal }),
    ...(written.secrets.length > 0 && { secrets: written.secrets }),
  };
}

function compiledCollection(
  name: string,
  written: WrittenCollection,
  retention?: string,
  follows?: string,
): Collection {
  const { source, stored, when, subject, anchors, predicates, traits, unlisted, visibility, about, lineage } = written;
  const fields = Object.entries(written.fields).map(([path, field]): Field => ({ path, ...field }));
  return {
    name,
    ...(source === undefined ? {} : { source }),
    ...(stored === undefined ? {} : { stored }),
    ...(when === undefined ? {} : { when }),
    subject: subjectPath(subject),
    anchors,
    predicates,
    ...(traits === undefined ? {} : { traits }),
    fields,
    ...(unlisted === undefined ? {} : { unlisted }),
    ...(visibility === undefined ? {} : { visibility }),
    ...(about === undefined ? {} : { about: aboutOf(about) }),
    ...(lineage === undefined ? {} : { lineage }),
    ...(retention === undefined ? {} : { retention }),
    ...(follows === undefined ? {} : { follows }),
  };
}

function subjectPath(written: WrittenSubject): SubjectPath {
  const { key, addresses = [], verified, ref, address, device, as, through = {} } = written;
  const shape = as === undefined ? {} : { as };
  if (key !== undefined) return { by: 'self', key, addresses, ...(verified === undefined ? {} : { verified }) };
  if (ref !== undefined) return { by: 'reference', field: ref, ...shape };
  if (address !== undefined) return { by: 'address', field: address, ...shape };
  if (device !== undefined) return { by: 'device', field: device, ...shape };
  const [collection = '', field = ''] = Object.entries(through)[0] ?? [];
  return { by: 'through', collection, field };
}

function aboutOf({ through, cascade }: WrittenAbout): About {
  const [collection = '', field = ''] = Object.entries(through)[0] ?? [];
  return { collection, field, cascade };
}

/** Files and collections that are named must be there, and no path to the person may go in a circle. */
function checkLinks(name: string, collection: WrittenCollection, written: WrittenInventory, at: Spot): void {
  const stores = Object.keys(written.files);
  for (const [path, field] of Object.entries(collection.fields)) {
    if (field.file !== undefined && !stores.includes(field.file)) {
      mistake(
        below(at, 'fields', path),
        'UNKNOWN_WORD',
        `unknown file store "${field.file}"`,
        insteadOf(field.file, stores),
      );
    }
  }

  const { about, lineage } = collection;
  const [other = '', link = ''] = Object.entries(about?.through ?? {})[0] ?? [];
  if (about !== undefined && !Object.hasOwn(written.collections, other)) {
    const known = Object.keys(written.collections);
    mistake(below(at, 'about'), 'UNKNOWN_WORD', `unknown collection "${other}"`, insteadOf(other, known));
  }
  if (about !== undefined && link.includes('[]')) {
    const message = 'a record with a list of what it is about would be about several people';
    mistake(below(at, 'about'), 'WRONG_SHAPE', message, 'name a field with a single key');
  }
  if (about?.cascade && Object.values(collection.fields).some(({ file }) => file !== undefined)) {
    const message = `the files of "${name}" would be left when its records go along with "${other}"`;
    mistake(below(at, 'about'), 'RULE_CONTRADICTORY', message, 'leave cascade out, or lead to the person through it');
  }
  for (const path of lineage?.carries ?? []) {
    if (Object.hasOwn(collection.fields, path)) continue;
    const message = `"${path}" is copied of a person, and has no category`;
    mistake(below(at, 'lineage', 'carries'), 'UNKNOWN_WORD', message, insteadOf(path, Object.keys(collection.fields)));
  }

  const seen = [name];
  let next = Object.keys(collection.subject.through ?? {})[0];
  while (next !== undefined) {
    const through = written.collections[next];
    if (through === undefined) {
      const known = Object.keys(written.collections);
      mistake(below(at, 'subject'), 'UNKNOWN_WORD', `unknown collection "${next}"`, insteadOf(next, known));
      return;
    }
    if (seen.includes(next)) {
      const circle = [...seen, next].join(' → ');
      mistake(
        below(at, 'subject'),
        'PATH_CIRCULAR',
        `the path to the person goes in a circle: ${circle}`,
        'end it with ref or key',
      );
      return;
    }
    seen.push(next);
    next = Object.keys(through.subject.through ?? {})[0];
  }
}

function governingRule(
  name: string,
  collection: WrittenCollection,
  { rules, ids }: { rules: readonly WrittenRetention[]; ids: readonly string[] },
  at: Spot,
): WrittenRetention | undefined {
  const categories = Object.values(collection.fields).map((field) => field.category);
  const governing = rules.filter(
    (rule) =>
      rule.then !== 'redact' && rule.covers.some((word) => categories.some((category) => covers(word, category))),
  );

  if (collection.retention === undefined) {
    if (governing.length <= 1) return governing[0];
    const ids = governing.map((rule) => rule.id);
    const remedy = `split the collection, or write retention: with the one of them that governs the record`;
    return mistake(at, 'RULE_OVERLAP', `the fields of "${name}" fall under several rules: ${ids.join(', ')}`, remedy);
  }

  const chosen = rules.find((rule) => rule.id === collection.retention);
  const spot = below(at, 'retention');
  if (chosen === undefined) {
    if (ids.includes(`retention.${collection.retention}`)) return undefined;
    const known = rules.map((rule) => rule.id);
    const remedy = insteadOf(collection.retention, known);
    return mistake(spot, 'UNKNOWN_WORD', `unknown retention rule "${collection.retention}"`, remedy);
  }
  if (chosen.then === 'redact') {
    const message = `"${chosen.id}" only takes fields out, so the records of "${name}" would never end`;
    mistake(spot, 'RULE_CONTRADICTORY', message, 'name the rule that ends the record; this one works beside it');
  }
  const stricter = governing.find((rule) => ceilingDays(rule) < ceilingDays(chosen));
  if (stricter !== undefined) {
    const message = `"${chosen.id}" keeps the record longer than "${stricter.id}" allows for some of its fields`;
    mistake(spot, 'RULE_CONTRADICTORY', message, `choose ${stricter.id}, or move these fields to another collection`);
  }
  return chosen;
}

function ceilingDays(rule: WrittenRetention): number {
  if (rule.keep.atMost === undefined || rule.openEnded) return Number.POSITIVE_INFINITY;
  return Math.max(...[rule.keep.atMost, ...Object.values(rule.tiers?.atMost ?? {})].map(periodDays));
}
