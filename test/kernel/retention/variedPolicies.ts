import type { EarlierPromise, Policy, RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';
import { type Edit, editedPack } from '../policy/editedPack.ts';

const VIDEOS_KEEP = 'keep: { atMost: P30D, from: notice }\n    since: generated';

/** The pack sdance-ai with some of its rules written otherwise. */
export function varied(edits: { policy?: readonly Edit[]; inventory?: readonly Edit[] }): Policy {
  const compiled = editedPack(edits);
  if ('policy' in compiled) return compiled.policy;
  throw new Error(compiled.mistakes.map((one) => `${one.file}:${one.line}: ${one.message}`).join('\n'));
}

/** Videos go 3 days after delivery; what nobody fetched goes 10 days after it was generated. */
export const delivered: Policy = varied({
  policy: [
    [
      VIDEOS_KEEP,
      'keep: { atMost: P3D, from: notice }\n    since: delivered\n    otherwise: { since: generated, keep: P10D, from: operator }',
    ],
  ],
  inventory: [['generated: createdAt,', 'generated: createdAt, delivered: deliveredAt,']],
});

/** Free accounts keep videos for 7 days, paid ones for months; after a downgrade there are 14 days more. */
export const tiered: Policy = varied({
  policy: [
    [
      VIDEOS_KEEP,
      `${VIDEOS_KEEP}\n    tiers: { of: plan, atMost: { free: P7D, plus: P2M, pro: P1Y }, from: operator, grace: { since: downgraded, keep: P14D, from: operator } }`,
    ],
  ],
  inventory: [['lastActive: seenAt }', 'lastActive: seenAt, downgraded: downgradedAt }\n    traits: { plan: plan }']],
});

/** Status and duration leave the logs after 7 days, inputs leave the videos after 2. */
export const redacting: Policy = varied({
  policy: [
    ['covers: [log.api, log.error, log.performance]', 'covers: [log.api]'],
    ['covers: [generation]', 'covers: [generation.prompt, generation.settings, generation.output, generation.history]'],
    [
      '  - id: account\n    covers',
      `${redactRule('log-details', '[log.error, log.performance]', 'P7D', 'logged')}${redactRule('inputs', '[generation.reference]', 'P2D', 'generated')}  - id: account\n    covers`,
    ],
  ],
});

function redactRule(id: string, covers: string, atMost: string, since: string): string {
  return `  - id: ${id}
    covers: ${covers}
    keep: { atMost: ${atMost}, from: operator }
    since: ${since}
    then: redact
    clause: sdance-ai.retention.as-necessary
`;
}

export function ruleOf(policy: Policy, id: string): RetentionRule {
  const rule = policy.retention.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

/** The policy as it stands after its rule was loosened from these promises. */
export function loosenedFrom(policy: Policy, id: string, ...earlier: readonly EarlierPromise[]): Policy {
  return { ...policy, retention: policy.retention.map((rule) => (rule.id === id ? { ...rule, earlier } : rule)) };
}
