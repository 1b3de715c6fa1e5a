import { compileRegime, type Regime } from '../../kernel/clock/regime.ts';
import { policyFile, policyFileIds } from './policyFile.ts';
import { yamlSource } from './yamlSource.ts';

/** The clocks and rights of a statute, such as `eu-gdpr`. Throws POLICY_FILE_NOT_FOUND, REGIME_INVALID. */
export async function loadRegime(id: string): Promise<Regime> {
  const source = await yamlSource(await policyFile('regime', 'regimes', id, '.yaml'), `regimes/${id}.yaml`);
  return compileRegime(source.data);
}

/** Ids of all regimes that can be loaded, sorted. */
export function regimeIds(): Promise<string[]> {
  return policyFileIds('regimes', '.yaml');
}
