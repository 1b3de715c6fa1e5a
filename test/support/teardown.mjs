export default async function teardown() {
  await globalThis.keptTestDatabase?.close();
}
