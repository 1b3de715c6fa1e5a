import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { canonical } from '../../kernel/evidence/canonical.ts';
import { compilePolicy, type PolicySources } from '../../kernel/policy/compilePolicy.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import type { Mistake } from '../../kernel/policy/source.ts';
import { inOrder } from '../../kernel/policy/spot.ts';
import { loadResidence } from './loadResidence.ts';
import { packDir } from './packDir.ts';
import { policiesDir } from './policiesDir.ts';
import { PolicyInvalid } from './policyInvalid.ts';
import { registerSource } from './registerSource.ts';
import { type YamlSource, yamlSource } from './yamlSource.ts';

export interface PackSources extends PolicySources {
  readonly policy: YamlSource;
  readonly inventory: YamlSource;
  readonly vocabulary: readonly YamlSource[];
  readonly register: YamlSource;
}

/**
 * Loads and compiles a pack: by its name in @kept/policies, or from a folder given as a path.
 * @throws KeptError POLICY_INVALID with all `mistakes`, POLICY_NOT_FOUND
 */
export async function loadPack(nameOrDir: string): Promise<Policy> {
  const sources = await loadPackSources(nameOrDir);
  const broken = [...sources.vocabulary, sources.register].flatMap((source) => source.mistakes);
  if (broken.length > 0) throw new PolicyInvalid(nameOrDir, broken);

  const compiled = compilePolicy(sources, '');
  if ('policy' in compiled) return { ...compiled.policy, hash: hashOf(sources) };
  throw new PolicyInvalid(nameOrDir, allMistakes(sources, compiled.mistakes));
}

/** Of a file that is no YAML nothing can be said but that; the other one is checked all the same. */
function allMistakes({ policy, inventory }: PackSources, found: readonly Mistake[]): readonly Mistake[] {
  const broken = [policy, inventory].flatMap((source) => source.mistakes);
  const files = broken.map((mistake) => mistake.file);
  return inOrder([...broken, ...found.filter((mistake) => !files.includes(mistake.file))]);
}

/** The files of a pack, parsed but not compiled, together with the vocabulary, its part of the register and the regimes by residence. */
export async function loadPackSources(nameOrDir: string): Promise<PackSources> {
  const dir = packDir(nameOrDir);
  const name = basename(dir);
  const policy = await yamlSource(join(dir, 'policy.yaml'), `${name}/policy.yaml`, join(nameOrDir, 'policy.yaml'));
  const register = registerSource(packOf(policy.data));
  const [inventory, vocabulary, residence] = await Promise.all([
    yamlSource(join(dir, 'inventory.yaml'), `${name}/inventory.yaml`, join(nameOrDir, 'inventory.yaml')),
    loadVocabularySources(),
    loadResidence(),
  ]);
  return { policy, inventory, vocabulary, register, residence };
}

const vocabularyFiles = ['categories', 'purposes', 'recipient-kinds', 'safeguards', 'rights'];

export function loadVocabularySources(): Promise<YamlSource[]> {
  return Promise.all(
    vocabularyFiles.map((name) => yamlSource(policiesDir('vocabulary', `${name}.yaml`), `vocabulary/${name}.yaml`)),
  );
}

function packOf(policy: unknown): string {
  return String((Object(policy) as { pack?: unknown }).pack);
}

/**
 * Names the version by what it says, not by how it is laid out: comments and order of keys do not count. Asked of sound
 * files only, since the canonical form refuses what a mistake may hold, such as an endless number.
 */
function hashOf(sources: PackSources): string {
  const data = [sources.policy.data, sources.inventory.data, ...sources.vocabulary.map((source) => source.data)];
  return createHash('sha256').update(canonical(data)).digest('hex');
}
