import type { Can } from '../abilities.ts';
import { type CopyBefore, isAddressSubject, objectedTo, type StoredRequest, signersOf, wayOf } from '../kept.ts';
import { presentAge } from './dates.ts';
import type { Desk } from './desk.ts';
import { endedInPart } from './endedInPart.ts';
import { due, type MoveForm, type NextMove } from './move.ts';
import { outcomeOf } from './outcome.ts';
import { byEngine } from './steps.ts';

/** What the next step depends on beside the request itself. */
export interface MoveBeside {
  /** Whether this colleague sees what the person wrote. */
  readonly seen: boolean;
  readonly stoppable: Date | undefined;
  readonly contested: StoredRequest | undefined;
  /** The copy for which an approved erasure waits. */
  readonly copy: CopyBefore | undefined;
  /** Whether its latest round has a signed receipt. */
  readonly receipt: boolean;
}

export function presentNextMove(request: StoredRequest, beside: MoveBeside, can: Can, desk: Desk): NextMove {
  switch (request.status) {
    case 'received':
      return waitForIdentity(request, can, desk);
    case 'verified':
      return waitsForWork(request, beside, can, desk);
    case 'previewed':
      return due(
        'Look at the preview, then propose it',
        `${lifted(request)}A colleague approves exactly what you propose.`,
        'move-propose',
        request.preview.hash,
      );
    case 'proposed':
      return waitForApproval(request, can, desk);
    case 'approved':
      return waitsForRun(request, beside, can, desk);
    case 'decided':
      return due('Carried out by itself', `As ${desk.nameOf(request.decision.by)} decided.`);
    case 'running':
      return due('At work', 'Nothing is to be done. This page follows along.');
    case 'fulfilled':
      return due('Done', outcomeOf(request, beside.receipt));
    case 'partly-fulfilled':
      return endedInPart(request, can);
    case 'answered':
      return due('Answered', `${desk.nameOf(request.answeredBy)} answered by hand.`);
    case 'refused':
      return due('Refused', `${desk.nameOf(request.refusal.by)} refused under ${request.refusal.article}.`);
    case 'linked':
      return due('Linked', 'The same was asked before. The earlier request, named beside, answers it.');
    case 'withdrawn':
      return due('Withdrawn', 'It was taken back before it was carried out.');
  }
}

/** It is clear whose data it is: what comes next is the engine's, or a person's to weigh or to do. */
function waitsForWork(request: StoredRequest, beside: MoveBeside, can: Can, desk: Desk): NextMove {
  if (!byEngine(request, desk.kept)) {
    const text = 'This right is carried out by hand. Write what was done; the person gets it by mail.';
    return due('Carry it out and answer', text, 'move-answer');
  }
  switch (wayOf(request)) {
    case 'approved': {
      const text = `${lifted(request)}The preview is made by itself; you can also ask for it now.`;
      return due('Count what is there', text, 'move-preview');
    }
    case 'decided':
      return waitsForDecision(request, beside, can, desk);
    case 'direct':
      return due('Carried out by itself', 'Nothing is to be weighed here; the person is told how it ended.');
  }
}

/** Weighed by somebody who may, who sees the case and, of an appeal, who had no part in the answer. */
function waitsForDecision(request: StoredRequest, { seen, contested }: MoveBeside, can: Can, desk: Desk): NextMove {
  const [title, text, form] = weighing(request, desk);
  if (!seen) return due(title, 'A colleague works on this. Take the ticket over to read it and decide.');
  if (!can('decide', 'Request', request)) return due(title, can.why('decide', 'Request', request));
  if (request.right === 'appeal' && contested && signersOf(contested).has(desk.me)) {
    return due('Waiting for somebody else', 'You had a part in the answer. A colleague who had none decides.');
  }
  return due(title, text, form);
}

function weighing(request: StoredRequest, { kept }: Desk): [title: string, text: string, form?: MoveForm] {
  if (request.report === 'pictured') {
    return [
      'Find it, look, and decide',
      'Somebody says that they are shown in what another made. Neither learns of the other.',
      'move-pictured',
    ];
  }
  switch (request.right) {
    case 'rectification':
      return [
        'Correct it',
        'See first what stands there and every copy of it; nothing changes by looking.',
        'move-correct',
      ];
    case 'objection':
      return objectedTo(kept.policy, request.asks?.purposes).weighed.length === 0
        ? ['Nothing of this can be objected to', 'Refuse it with its ground, or explain it in the ticket.']
        : [
            'Weigh it',
            'It is stopped meanwhile. The burden is ours: what is not compelling upholds it.',
            'move-balance',
          ];
    default:
      return [
        request.right === 'appeal' ? 'Decide on the appeal' : 'Decide on the complaint',
        'The person gets your reason in writing, whatever the outcome.',
        'move-contest',
      ];
  }
}

/** Whether an approved erasure waits, so that it can still be taken back. */
export function isStoppable(until: Date | undefined, { now }: Pick<Desk, 'now'>): until is Date {
  return until !== undefined && now < until;
}

function waitsForRun(request: StoredRequest, { stoppable, copy }: MoveBeside, can: Can, desk: Desk): NextMove {
  if (isStoppable(stoppable, desk)) {
    const text = `The run starts by itself after ${desk.when(stoppable).text}. Until then it can be stopped.`;
    const form = can('withdraw', 'Request', request) ? 'move-stop' : undefined;
    return { ...due('It can still be stopped', text, form), waiting: true };
  }
  if (copy) return waitsForCopy(copy, can('release', 'Request', request));
  return due('The run starts by itself', 'It goes through the plan in small steps and looks again for what is left.');
}

/** They asked for their data first: nothing is erased before they have it, or a privacy lead says why not. */
function waitsForCopy({ lacks }: CopyBefore, mayRelease: boolean): NextMove {
  const form = mayRelease ? 'move-release' : undefined;
  if (lacks) {
    const text =
      'They asked for their data first, and what was made for them lacks something that is still there. Nothing is erased before that is settled: have the copy made anew, or say why it goes without.';
    return due('Their copy lacks something', text, form);
  }
  const text = 'They asked for their data too. It is erased once they have it, or could not fetch it any more.';
  return { ...due('Their copy first', text, form), waiting: true };
}

/** Why a case that was answered is open again. */
function lifted({ round }: StoredRequest): string {
  return round ? 'The hold that stopped this erasure was lifted; this is about what it kept. ' : '';
}

function waitForIdentity(request: StoredRequest, can: Can, desk: Desk): NextMove {
  const { challenge, about, report } = request;
  if (report === 'pictured') return due('Taken up by itself', 'Who reports it is told that it is here.');
  if (report) return findAccount(request, can);
  if (!about || isAddressSubject(about.subject)) return findPerson(request, can);
  if (!challenge) return due('Waiting for the first letter', 'A one-time link goes out with it.');
  const expired = challenge.expiresAt.getTime() <= desk.now.getTime();
  const sent = `Link ${challenge.number} went to the registered address ${presentAge(challenge.at, desk.now)}`;
  if (!can('challenge', 'Request', request)) return due('Waiting for the person', `${sent}.`);
  return expired
    ? due('The link has expired', `${sent} and can no longer be used. Send a new one.`, 'move-challenge')
    : due(
        'Waiting for the person',
        `${sent}. If it got lost, send a new one; the old one stops working.`,
        'move-challenge',
      );
}

/** Nobody has the address that wrote: they are told so once they confirm it, or a colleague finds the account they mean. */
function findPerson(request: StoredRequest, can: Can): NextMove {
  const text = 'No account has this address. Ask in the ticket which account is meant; the sender learns nothing here.';
  const form = can('locate', 'Request', request) ? 'move-concerns' : undefined;
  return { ...due('Nobody is found', text, form), hint: 'A one-time link goes to the address registered there.' };
}

/** A report is not confirmed by the account's holder; it is only to be known whose account it means. */
function findAccount(request: StoredRequest, can: Can): NextMove {
  const text = 'Somebody reports an account of a child. The reporter is told nothing of it.';
  if (request.about) return due('Two people decide', `${text} The preview is made by itself.`);
  if (!can('locate', 'Request', request)) return due('Nobody is found', text);
  const hint = 'It is counted at once what would be erased. Nothing happens before two people have signed.';
  const move = due('Say whose account is meant', `${text} Read the ticket, and look for the account.`, 'move-concerns');
  return { ...move, hint };
}

function waitForApproval(request: StoredRequest & { status: 'proposed' }, can: Can, desk: Desk): NextMove {
  const by = request.proposal.by === desk.me ? 'you' : desk.nameOf(request.proposal.by);
  const proposed = `Proposed by ${by} ${presentAge(request.proposal.at, desk.now)}.`;
  return can('approve', 'Request', request)
    ? due('Approve exactly this', proposed, 'move-approve', request.preview.hash)
    : due('Waiting for a second person', `${proposed} ${can.why('approve', 'Request', request)}`);
}
