import type { Kept, PolicyProposal } from '@kept/core';
import type { Io } from './io.ts';
import { columns } from './output.ts';
import { changesText } from './presentChanges.ts';

/** Names staff members by their addresses, as they are named in questions. */
export async function staffNames(kept: Kept): Promise<(id: string) => string> {
  const emails = new Map((await kept.staff.list()).map(({ _id, email }) => [_id, email]));
  return (id) => emails.get(id) ?? id;
}

/** A proposal as data. */
export function presentProposal(proposal: PolicyProposal, nameOf: (id: string) => string): object {
  const { hash, version, state, reason, loosens, counts, changes, dueAt, withdrawn } = proposal;
  return {
    ...{
      hash,
      version,
      state,
      loosens,
      ...counts,
      proposedBy: nameOf(proposal.by),
      proposedAt: proposal.at.toISOString(),
    },
    reason,
    signatures: proposal.signatures.map(({ by, at }) => ({ by: nameOf(by), at: at.toISOString() })),
    activeFrom: dueAt?.toISOString() ?? null,
    ...(withdrawn && { withdrawn: { ...withdrawn, by: nameOf(withdrawn.by), at: withdrawn.at.toISOString() } }),
    listed: changes,
  };
}

/** A proposal for people: what it changes, who signed, and what is still to be done. */
export function proposalText(proposal: PolicyProposal, nameOf: (id: string) => string, io: Io): string {
  const { hash, version, state, changes, signatures, reason } = proposal;
  const signed = signatures.map(({ by }) => nameOf(by)).join(', ') || 'nobody yet';
  return [
    columns([
      ['version', String(version)],
      ['hash', hash],
      ['state', `${state}${nextStep(proposal)}`],
      ['proposed', `by ${nameOf(proposal.by)} on ${proposal.at.toISOString()}: ${reason}`],
      ['signed', signed],
    ]),
    changesText(changes, io),
  ].join('');
}

function nextStep({ state, loosens, signatures, dueAt }: PolicyProposal): string {
  if (state === 'waiting' && dueAt) return `: active from ${dueAt.toISOString()}`;
  if (state !== 'open') return '';
  if (!loosens) return ': needs the signature of a privacy lead';
  return signatures.length === 0
    ? ': needs two signatures, one of them of a privacy lead; then it waits 24 hours'
    : ': needs one more signature, with a privacy lead among the two; then it waits 24 hours';
}
