import { diffPolicies } from '@kept/core';
import { ANSWERED, type Command } from '../command.ts';
import { answer } from '../output.ts';
import { packAt } from '../packAt.ts';
import { changesText, countsOf } from '../presentChanges.ts';

export const policyDiff: Command = {
  name: 'policy diff',
  usage: 'DIR_OLD DIR_NEW',
  about: [
    'DIR is a folder with policy.yaml and inventory.yaml, or the name of a pack.',
    'A change loosens where people are less protected by any part of it, and is material where a person would decide by it:',
    'what loosens needs two people and waits a day, and what is material is told to the people.',
  ],
  takes: [2, 2],
  options: {},
  async run(args, io) {
    const [older = '', newer = ''] = args.positionals;
    const [before, after] = await Promise.all([packAt(older, io), packAt(newer, io)]);
    const changes = diffPolicies(before, after);
    const versions = {
      from: { pack: before.pack, version: before.version, hash: before.hash },
      to: { pack: after.pack, version: after.version, hash: after.hash },
    };
    answer(io, args, { ...versions, ...countsOf(changes), changes }, () => changesText(changes, io));
    return ANSWERED;
  },
};
