import type { Command } from './command.ts';
import { requestTable } from './requestTable.ts';

/** A command before it is loaded: each loads only what it needs. */
export interface Entry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

export const table: readonly Entry[] = [
  {
    name: 'clauses',
    summary: 'Every promise of the register: the rules that keep it and the tests that prove it',
    load: async () => (await import('./commands/clauses.ts')).clauses,
  },
  {
    name: 'vocabulary',
    summary: 'The words that policies and questions may use',
    load: async () => (await import('./commands/vocabulary.ts')).vocabulary,
  },
  {
    name: 'lint',
    summary: 'What is broken, missing or chosen in a policy',
    load: async () => (await import('./commands/lint.ts')).lint,
  },
  {
    name: 'notice',
    summary: 'The privacy notice that a policy amounts to',
    load: async () => (await import('./commands/notice.ts')).notice,
  },
  {
    name: 'ropa',
    summary: 'The record of processing activities that a policy amounts to',
    load: async () => (await import('./commands/ropa.ts')).ropa,
  },
  {
    name: 'decide',
    summary: 'Whether a use, a disclosure or a view is permitted, and why',
    load: async () => (await import('./commands/decide.ts')).decide,
  },
  {
    name: 'deadline',
    summary: 'By when a request must be answered, in every reading',
    load: async () => (await import('./commands/deadline.ts')).deadline,
  },
  {
    name: 'classify',
    summary: 'What a raw mail asks for',
    load: async () => (await import('./commands/classify.ts')).classify,
  },
  {
    name: 'policy diff',
    summary: 'What a new version of a policy changes, in words or as data',
    load: async () => (await import('./commands/policyDiff.ts')).policyDiff,
  },
  {
    name: 'policy propose',
    summary: 'Puts a changed policy to staff',
    load: async () => (await import('./commands/policyDeciding.ts')).policyPropose,
  },
  {
    name: 'policy approve',
    summary: 'Signs for a proposed policy; what loosens needs two people and waits a day',
    load: async () => (await import('./commands/policyDeciding.ts')).policyApprove,
  },
  {
    name: 'policy withdraw',
    summary: 'Takes a proposed policy back before it is active',
    load: async () => (await import('./commands/policyDeciding.ts')).policyWithdraw,
  },
  {
    name: 'policy list',
    summary: 'The version that is worked by, what is proposed, and what was before',
    load: async () => (await import('./commands/policyDeciding.ts')).policyList,
  },
  {
    name: 'disclosure propose',
    summary: 'Proposes a disclosure to an authority, counsel or a successor',
    load: async () => (await import('./commands/disclosure.ts')).disclosurePropose,
  },
  {
    name: 'disclosure approve',
    summary: 'Approves exactly one proposed disclosure, as a second person',
    load: async () => (await import('./commands/disclosure.ts')).disclosureApprove,
  },
  {
    name: 'disclosure withdraw',
    summary: 'Takes a proposed disclosure back',
    load: async () => (await import('./commands/disclosure.ts')).disclosureWithdraw,
  },
  {
    name: 'disclosure list',
    summary: 'Disclosures that are proposed or approved',
    load: async () => (await import('./commands/disclosure.ts')).disclosureList,
  },
  {
    name: 'simulate',
    summary: 'What a new version of a policy would do to the live database, before anybody proposes it',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  {
    name: 'verify',
    summary: 'Whether a package, a receipt or a manifest is genuine, offline',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'sweep',
    summary: 'Applies the retention rules once',
    load: async () => (await import('./commands/sweep.ts')).sweep,
  },
  {
    name: 'scan',
    summary: 'What stands in the live database that the inventory does not know, or that nobody may store',
    load: async () => (await import('./commands/scan.ts')).scan,
  },
  ...requestTable,
  {
    name: 'mail ingest',
    summary: 'Takes in raw mails from files, once each',
    load: async () => (await import('./commands/mailIngest.ts')).mailIngest,
  },
  {
    name: 'staff add',
    summary: 'Adds a staff member to the console',
    load: async () => (await import('./commands/staff.ts')).staffAdd,
  },
  {
    name: 'staff list',
    summary: 'Staff members and their roles',
    load: async () => (await import('./commands/staff.ts')).staffList,
  },
  {
    name: 'staff access',
    summary: 'Who has access, and who reviewed it when',
    load: async () => (await import('./commands/staffAccess.ts')).staffAccess,
  },
  {
    name: 'serve',
    summary: 'Runs console, privacy pages, mailbox and jobs',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'demo',
    summary: 'Tells one mail from arrival to receipt on real parts',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
];
