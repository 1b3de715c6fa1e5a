import { readdirSync } from 'node:fs';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';

/** Names of all packs of @kept/policies: the folders that hold a policy. */
export const packs: readonly string[] = readdirSync(policiesDir())
  .filter((name) =>
    readdirSync(policiesDir(), { withFileTypes: true }).some((one) => one.name === name && one.isDirectory()),
  )
  .filter((name) => readdirSync(policiesDir(name)).includes('policy.yaml'))
  .sort();
