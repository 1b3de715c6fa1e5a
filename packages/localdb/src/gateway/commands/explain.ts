import { BSON, type Document } from 'bson';
import type { Call } from '../call.ts';
import { CODE } from '../codes.ts';
import { CommandError } from '../errors.ts';

const PLANNERS: Record<string, string> = {
  find: 'bson_aggregation_find',
  aggregate: 'bson_aggregation_pipeline',
  count: 'bson_aggregation_count',
  distinct: 'bson_aggregation_distinct',
};

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows'?: number;
  Plans?: Plan[];
}

/** The engine's plan in MongoDB's outline: IXSCAN or COLLSCAN, and the full plan beside it. */
export async function explain(call: Call): Promise<Document> {
  const question = call.command.explain as Document;
  const name = Object.keys(question ?? {})[0] ?? '';
  const planner = PLANNERS[name];
  if (!planner)
    throw new CommandError(CODE.notSupported, `explain of '${name}' is not supported by this local database`);
  // To measure a plan is to carry it out, so a pipeline that writes is only planned.
  const runs = call.command.verbosity !== 'queryPlanner' && !writes(question.pipeline);
  const spec = Buffer.from(BSON.serialize({ ...question, $db: call.database })).toString('hex');
  // EXPLAIN takes no parameters; a database name is quoted, the question is hexadecimal.
  const database = call.database.replaceAll("'", "''");
  const [row] = await call.query(
    `EXPLAIN (FORMAT JSON${runs ? ', ANALYZE' : ''})
     SELECT document FROM documentdb_api_catalog.${planner}('${database}', '\\x${spec}'::bytea)`,
  );
  const plan: Plan = row?.['QUERY PLAN'][0].Plan;
  const namespace = `${call.database}.${question[name]}`;
  return {
    explainVersion: '1',
    queryPlanner: {
      namespace,
      winningPlan: { ...outline(plan), engine: plan as unknown as Document },
      rejectedPlans: [],
    },
    ...(runs && { executionStats: { executionSuccess: true, nReturned: plan['Actual Rows'] ?? 0 } }),
    serverInfo: { host: '127.0.0.1', version: '7.0.0' },
    ok: 1,
  };
}

function writes(pipeline: unknown): boolean {
  return Array.isArray(pipeline) && pipeline.some((stage) => stage?.$out !== undefined || stage?.$merge !== undefined);
}

function outline(plan: Plan): Document {
  const scan = leafOf(plan);
  const index = scan['Index Name'];
  // Every read may go through the primary key's first column, which is the same for the whole collection.
  const readsAll = !index || (index === '_id_' && !/object_id/.test(scan['Index Cond'] ?? ''));
  if (readsAll) return { stage: 'COLLSCAN' };
  return { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: index } };
}

function leafOf(plan: Plan): Plan {
  const next = plan.Plans?.[0];
  return next ? leafOf(next) : plan;
}
