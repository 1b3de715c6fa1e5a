import { loadPack, type Policy } from '@kept/core';

/** The pack with every right carried out by the engine. */
export async function byEngine(pack = 'sdance-ai'): Promise<Policy> {
  const policy = await loadPack(pack);
  return { ...policy, rights: policy.rights.map((rule) => ({ ...rule, executor: 'engine' as const })) };
}
