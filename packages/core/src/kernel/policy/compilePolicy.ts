import { assemblePolicy } from './assemblePolicy.ts';
import { checkClauses } from './checkClauses.ts';
import { checkRules } from './checkRules.ts';
import { compileEgress } from './compileEgress.ts';
import { compileInventory } from './compileInventory.ts';
import { compileVocabulary } from './compileVocabulary.ts';
import type { Inventory } from './inventory.ts';
import { inventoryShape, inventorySilence, type WrittenInventory } from './inventoryShape.ts';
import { insteadOf } from './nearestWord.ts';
import type { Policy } from './policy.ts';
import { policyShape, whereSilent } from './policyShape.ts';
import { registerOf } from './registerOf.ts';
import { isMapping, type Shape } from './shape.ts';
import type { Mistake, PolicySource } from './source.ts';
import { below, inOrder, mistake, type Spot, spotOf } from './spot.ts';
import { definedWords } from './vocabulary.ts';
import type { WrittenPolicy } from './writtenPolicy.ts';

export interface PolicySources {
  readonly policy: PolicySource;
  readonly inventory: PolicySource;
  readonly vocabulary: readonly PolicySource[];
  /** The register of clauses; a pack that it knows must encode each of its clauses. */
  readonly register?: PolicySource;
  /** Regime by code of residence. */
  readonly residence?: Readonly<Record<string, string>>;
}

export type CompiledPolicy = { readonly policy: Policy } | { readonly mistakes: readonly Mistake[] };

/**
 * Makes a policy of its files, or answers every mistake in them at once, in the order of the lines.
 * `hash` names the version: SHA-256 of the canonical form of all the data.
 */
export function compilePolicy(sources: PolicySources, hash: string): CompiledPolicy {
  const mistakes: Mistake[] = [];
  const vocabulary = compileVocabulary(sources.vocabulary, mistakes);
  const policySpot = spotOf(sources.policy, mistakes);
  const inventorySpot = spotOf(sources.inventory, mistakes);
  const written = sections<WrittenPolicy>(policyShape(vocabulary), policySpot, whereSilent);
  const places = sections<WrittenInventory>(
    inventoryShape(definedWords(vocabulary).categories),
    inventorySpot,
    inventorySilence,
  );

  if (!isMapping(sources.policy.data) || !isMapping(sources.inventory.data)) return { mistakes: inOrder(mistakes) };

  const register = registerOf(sources.register, mistakes);
  checkClauses(written, register, policySpot);
  const rules = written.retention ?? [];
  const where: WrittenInventory = { collections: {}, files: {}, ...inventorySilence, ...places };
  const egress = compileEgress(where, written.recipients ?? {}, inventorySpot);
  const inventory: Inventory = {
    ...compileInventory(where, rules, policySpot, inventorySpot),
    ...(egress.length > 0 && { egress }),
  };
  checkRules(written, inventory, policySpot, inventorySpot);

  if (mistakes.length > 0) return { mistakes: inOrder(mistakes) };
  const { residence = {} } = sources;
  return { policy: assemblePolicy(written as WrittenPolicy, { inventory, vocabulary, register, residence, hash }) };
}

/** Reads a file section by section, so that a mistake in one leaves the others to be checked. */
function sections<T extends object>(
  shapes: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> },
  spot: Spot,
  silent: { readonly [K in keyof T]?: T[K] | undefined } = {},
): Partial<T> {
  const known = Object.keys(shapes);
  const { data } = spot.source;
  if (!isMapping(data)) {
    mistake(spot, 'WRONG_SHAPE', 'the file holds no mapping', `give ${known.join(', ')}`);
    return {};
  }
  for (const key of Object.keys(data)) {
    if (!known.includes(key)) mistake(below(spot, key), 'UNKNOWN_KEY', `unknown key "${key}"`, insteadOf(key, known));
  }

  const read: Partial<T> = {};
  for (const key of known as (keyof T & string)[]) {
    const given = data[key];
    if (given === undefined || given === null) {
      const meant = silent[key];
      if (meant !== undefined) read[key] = meant;
      if (!(key in silent)) mistake(spot, 'MISSING_KEY', `"${key}" is missing`, `add ${key}:`);
      continue;
    }
    const understood = shapes[key](given, below(spot, key));
    if (understood !== undefined) read[key] = understood;
  }
  return read;
}
