import { compileRegime } from '../../kernel/clock/compileRegime.ts';
import type { Regime } from '../../kernel/clock/regime.ts';
import { RegimeInvalid } from '../../kernel/clock/regimeInvalid.ts';
import { isMapping } from '../../kernel/policy/shape.ts';
import { policiesDir } from './policiesDir.ts';
import { policyFile, policyFileIds } from './policyFile.ts';
import { type YamlSource, yamlSource } from './yamlSource.ts';

const SHARED = 'regimes/shared';

/** A statute such as `eu-gdpr`: its clocks, rights and duties. Throws POLICY_FILE_NOT_FOUND, REGIME_INVALID with all mistakes. */
export async function loadRegime(id: string): Promise<Regime> {
  const file = await yamlSource(await policyFile('regime', 'regimes', id, '.yaml'), `regimes/${id}.yaml`);
  const shared = isMapping(file.data) && 'like' in file.data ? await sharedSources() : {};
  const broken = [file, ...Object.values(shared)].flatMap((source) => source.mistakes);
  if (broken.length > 0) throw new RegimeInvalid(id, broken);
  return compileRegime(file, shared);
}

/** All regimes that can be loaded, sorted by id. Throws REGIME_INVALID. */
export async function loadRegimes(): Promise<Regime[]> {
  return Promise.all((await regimeIds()).map(loadRegime));
}

/** Ids of all regimes that can be loaded, sorted. */
export function regimeIds(): Promise<string[]> {
  return policyFileIds('regimes', '.yaml');
}

/** What regimes have in common, such as the family of US states, by the name that `like` gives. */
async function sharedSources(): Promise<Record<string, YamlSource>> {
  const names = await policyFileIds(SHARED, '.yaml');
  const sources = names.map((name) => yamlSource(policiesDir(SHARED, `${name}.yaml`), `${SHARED}/${name}.yaml`));
  const read = await Promise.all(sources);
  return Object.fromEntries(names.map((name, index) => [name, read[index] as YamlSource]));
}
