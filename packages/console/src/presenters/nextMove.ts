import type { Can } from '../abilities.ts';
import { type StoredRequest, wayOf } from '../kept.ts';
import { presentAge } from './dates.ts';
import type { Desk } from './desk.ts';
import { byEngine } from './steps.ts';

/** The template of each form. */
type MoveForm = 'move-preview' | 'move-propose' | 'move-approve' | 'move-answer' | 'move-challenge' | 'move-concerns';

/** What is to be done now, in words, and the one form that does it; none where somebody or something else is due. */
export interface NextMove {
  readonly title: string;
  readonly text: string;
  readonly form: MoveForm | undefined;
  /** The preview that the form speaks of. */
  readonly hash: string | undefined;
  readonly waiting: boolean;
}

export function presentNextMove(request: StoredRequest, can: Can, desk: Desk): NextMove {
  const due = (title: string, text: string, form: NextMove['form'], hash?: string): NextMove => {
    return { title, text, form, hash, waiting: form === undefined };
  };
  switch (request.status) {
    case 'received':
      return waitForIdentity(request, can, desk, due);
    case 'verified':
      return waitsForWork(request, desk, due);
    case 'previewed':
      return due(
        'Look at the preview, then propose it',
        `${lifted(request)}A colleague approves exactly what you propose.`,
        'move-propose',
        request.preview.hash,
      );
    case 'proposed':
      return waitForApproval(request, can, desk, due);
    case 'approved':
      return due(
        'The run starts by itself',
        'It goes through the plan in small steps and looks again for what is left.',
        undefined,
      );
    case 'decided':
      return due('Carried out by itself', `As ${desk.nameOf(request.decision.by)} decided.`, undefined);
    case 'running':
      return due('At work', 'Nothing is to be done. This page follows along.', undefined);
    case 'fulfilled':
      return due(
        'Done',
        `Everything in the plan was carried out. The person ${request.answerSentAt ? 'has' : 'gets'} a signed receipt.`,
        undefined,
      );
    case 'partly-fulfilled':
      return due(
        'Done in part',
        `Not carried out: ${request.missing.join(', ')}. What a hold kept comes back here once the hold is lifted.`,
        undefined,
      );
    case 'answered':
      return due('Answered', `${desk.nameOf(request.answeredBy)} answered by hand.`, undefined);
    case 'refused':
      return due('Refused', `${desk.nameOf(request.refusal.by)} refused under ${request.refusal.article}.`, undefined);
    case 'linked':
      return due('Linked', `The same was asked before: ${request.of} answers it.`, undefined);
    case 'withdrawn':
      return due('Withdrawn', 'It was taken back before anything was done.', undefined);
  }
}

/** It is clear whose data it is: what comes next is the engine's, or a person's to weigh or to do. */
function waitsForWork(request: StoredRequest, { kept }: Desk, due: Due): NextMove {
  if (!byEngine(request, kept)) {
    const text = 'This right is carried out by hand. Write what was done; the person gets it by mail.';
    return due('Carry it out and answer', text, 'move-answer');
  }
  switch (wayOf(request)) {
    case 'approved': {
      const text = `${lifted(request)}The preview is made by itself; you can also ask for it now.`;
      return due('Count what is there', text, 'move-preview');
    }
    case 'decided':
      return due(
        'Decide on it',
        'Read what the person wrote, and weigh it. What you decide is carried out.',
        undefined,
      );
    case 'direct':
      return due('Carried out by itself', 'Nothing is to be weighed here; the person is told how it ended.', undefined);
  }
}

/** Why a case that was answered is open again. */
function lifted({ round }: StoredRequest): string {
  return round ? 'The hold that stopped this erasure was lifted; this is about what it kept. ' : '';
}

type Due = (title: string, text: string, form: NextMove['form'], hash?: string) => NextMove;

function waitForIdentity(request: StoredRequest, can: Can, desk: Desk, due: Due): NextMove {
  const { challenge, about } = request;
  if (request.report) return findAccount(request, can, due);
  if (!about) {
    return due(
      'Nobody is found',
      'No account has this address. Ask in the ticket which account is meant; the sender learns nothing here.',
      undefined,
    );
  }
  if (!challenge) return due('Waiting for the first letter', 'A one-time link goes out with it.', undefined);
  const expired = challenge.expiresAt.getTime() <= desk.now.getTime();
  const sent = `Link ${challenge.number} went to the registered address ${presentAge(challenge.at, desk.now)}`;
  if (!can('challenge', 'Request', request)) return due('Waiting for the person', `${sent}.`, undefined);
  return expired
    ? due('The link has expired', `${sent} and can no longer be used. Send a new one.`, 'move-challenge')
    : due(
        'Waiting for the person',
        `${sent}. If it got lost, send a new one; the old one stops working.`,
        'move-challenge',
      );
}

/** A report is not confirmed by the account's holder; it is only to be known whose account it means. */
function findAccount(request: StoredRequest, can: Can, due: Due): NextMove {
  const text = 'Somebody reports an account of a child. The reporter is told nothing of it.';
  if (request.about) return due('Two people decide', `${text} The preview is made by itself.`, undefined);
  if (!can('locate', 'Request', request)) return due('Nobody is found', text, undefined);
  return due('Say whose account is meant', `${text} Read the ticket, and look for the account.`, 'move-concerns');
}

function waitForApproval(request: StoredRequest & { status: 'proposed' }, can: Can, desk: Desk, due: Due): NextMove {
  const by = request.proposal.by === desk.me ? 'you' : desk.nameOf(request.proposal.by);
  const proposed = `Proposed by ${by} ${presentAge(request.proposal.at, desk.now)}.`;
  return can('approve', 'Request', request)
    ? due('Approve exactly this', proposed, 'move-approve', request.preview.hash)
    : due('Waiting for a second person', `${proposed} ${can.why('approve', 'Request', request)}`, undefined);
}
