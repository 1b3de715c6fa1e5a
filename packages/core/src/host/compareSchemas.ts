import { modelsIn, schemasOf } from '../adapters/data/schemasOf.ts';
import { KeptError } from '../kernel/keptError.ts';
import type { Policy } from '../kernel/policy/policy.ts';
import { judgeSchemas } from '../kernel/scan/judgeSchemas.ts';
import type { ScanFinding } from '../kernel/scan/scanFinding.ts';

/**
 * Compares what Mongoose models can store with the inventory of a policy, for a test of the host: no database is asked.
 * A new collection or field without a category is an error, what no model stores any more a warning.
 * @param models a Mongoose instance or connection, models by name, or a module that exports one of these
 *
 * Throws MODELS_INVALID where there are none.
 */
export function compareSchemas(policy: Policy, models: object): ScanFinding[] {
  return judgeSchemas(policy.inventory, schemasOf(demandModels(models)));
}

/** Throws MODELS_INVALID where nothing in it is a model. */
export function demandModels(models: unknown): object {
  if (modelsIn(models).length > 0) return models as object;
  throw new KeptError('MODELS_INVALID', 'There are no Mongoose models', {
    place: 'models',
    remedy: 'Hand over a connection on which the models are made, or the models by name.',
  });
}
