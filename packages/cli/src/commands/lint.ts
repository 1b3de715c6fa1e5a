import {
  isKeptError,
  type LintFinding,
  lint as lintPolicy,
  loadRegimes,
  type PolicyInvalid,
  systemClock,
} from '@kept/core';
import { ANSWERED, BAD_NEWS, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { answer } from '../output.ts';
import { packAt } from '../packAt.ts';
import { presentFindings } from '../presentFindings.ts';

export const lint: Command = {
  name: 'lint',
  usage: 'DIR',
  about: [
    'DIR is a folder with policy.yaml and inventory.yaml, or the name of a pack.',
    'What keeps a policy from loading is a finding too, with its file, line and column.',
  ],
  takes: [1, 1],
  options: {},
  async run(args, io) {
    const findings = await findingsOf(args.positionals[0] ?? '', io);
    answer(io, args, { findings }, () => presentFindings(findings, io));
    return findings.some(({ severity }) => severity === 'error') ? BAD_NEWS : ANSWERED;
  },
};

async function findingsOf(dir: string, io: Io): Promise<readonly LintFinding[]> {
  try {
    const [policy, regimes] = await Promise.all([packAt(dir, io), loadRegimes()]);
    return lintPolicy(policy, { now: (io.clock ?? systemClock).now(), regimes }).findings;
  } catch (error) {
    if (!isKeptError(error) || error.code !== 'POLICY_INVALID') throw error;
    return (error as PolicyInvalid).mistakes.map(({ code, file, line, column, message, remedy }) => ({
      code: `POLICY_${code}`,
      severity: 'error',
      where: `${file}:${line}:${column}`,
      message,
      remedy,
    }));
  }
}
