// One database for the whole run; each test takes a name of its own in it.
export default async function setup() {
  if (process.env.KEPT_TEST_WITHOUT_DATABASE) return;
  const { findDatabase } = await import('../../packages/localdb/src/index.ts');
  const started = performance.now();
  const database = await findDatabase({ log: (line) => process.stderr.write(`kept: ${line}\n`) });
  process.stderr.write(`kept: ${database.describe} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  process.env.KEPT_TEST_MONGODB_URI = database.uri;
  globalThis.keptTestDatabase = database;
}
