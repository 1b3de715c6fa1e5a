import { KeptError } from '../../kernel/keptError.ts';
import type { RequestCommand } from '../../kernel/request/requestEvent.ts';
import { sameText } from '../sameText.ts';
import type { OutboxLetter, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { confirmedTogether } from './confirmedTogether.ts';
import { confirmNewAddress, peekNewAddress } from './confirmNewAddress.ts';

/** How long a link is of use. The law leaves it open: the operator's choice. */
export const LINK_DAYS = 7;

/**
 * The one-time token of a challenge. It follows from the request, the challenge's number and a secret outside the
 * database, so that a letter written again after a crash carries the same link, and a copy of the database opens none.
 */
export async function confirmationToken(world: World, request: string, challenge: number): Promise<string> {
  return `${request}.${await world.keys.mac('confirmation', `${world.service}\n${request}\n${challenge}`)}`;
}

export async function confirmationLink(
  world: World,
  { request, challenge }: NonNullable<OutboxLetter['confirms']>,
): Promise<string> {
  return `${world.publicUrl}/confirm/${await confirmationToken(world, request, challenge)}`;
}

export interface Confirmation {
  readonly right: StoredRequest['right'];
  /** All that the link confirms: whatever else the same message asked for. */
  readonly rights: readonly StoredRequest['right'][];
  readonly state: 'usable' | 'used' | 'expired';
  /** Address of whoever asks for the person. */
  readonly agent?: string;
}

export async function peekConfirmation(world: World, token: string): Promise<Confirmation | undefined> {
  const request = await requestOf(world, token);
  if (!request) return peekNewAddress(world, token);
  const agent = request.mandate ? { agent: request.requester.address } : {};
  const together = await confirmedTogether(world, request);
  const rights = [...new Set([request, ...together].map(({ right }) => right))].sort();
  return { right: request.right, rights, state: stateOf(request, world.clock.now()), ...agent };
}

/** `copyToAgent`: the person wants whoever acts for them to read the answer as well. */
export async function confirm(
  world: World,
  token: string,
  { copyToAgent = false }: { readonly copyToAgent?: boolean } = {},
): Promise<StoredRequest> {
  const now = world.clock.now();
  const request = await requestOf(world, token);
  const about = request?.about;
  if (!request && (await peekNewAddress(world, token))) return confirmNewAddress(world, token, now);
  if (!request || !about) {
    throw new KeptError('CONFIRMATION_NOT_FOUND', 'This link does not stand for any open request', {
      place: 'confirmation link',
      remedy: 'Use the newest letter, and the whole link.',
    });
  }
  // Asked again of the newest state right before each write: of several presses at once, one counts.
  const command = (newest: StoredRequest): RequestCommand => {
    demandUsable(newest, now);
    return { type: 'ConfirmIdentity', subject: about.subject, how: 'link' };
  };
  const { mandate } = request;
  const copy = mandate && copyToAgent === true ? { mandate: { ...mandate, copy: true } } : {};
  demandUsable(request, now);
  // The one whose link it is comes last: until then, the link can be pressed again.
  for (const each of await confirmedTogether(world, request)) {
    if (each._id === request._id) continue;
    const other: RequestCommand = { type: 'ConfirmIdentity', subject: about.subject, how: 'link' };
    await changeRequest(world, each._id, other, now, () => copy);
  }
  return changeRequest(world, request._id, command, now, () => copy);
}

function demandUsable(request: StoredRequest, now: Date): void {
  const state = stateOf(request, now);
  if (state !== 'usable') throw notUsable(state);
}

export function notUsable(state: 'used' | 'expired'): KeptError {
  const used = state === 'used';
  return new KeptError('CONFIRMATION_CLOSED', used ? 'This link was used before' : 'This link has expired', {
    place: 'confirmation link',
    remedy: used ? 'Nothing more is needed from you.' : 'Ask support for a new link.',
  });
}

function stateOf(request: StoredRequest, now: Date): Confirmation['state'] {
  if (request.status !== 'received') return 'identity' in request ? 'used' : 'expired';
  return request.challenge && request.challenge.expiresAt > now ? 'usable' : 'expired';
}

async function requestOf(world: World, token: string): Promise<StoredRequest | undefined> {
  const id = token.slice(0, token.lastIndexOf('.'));
  const request = id ? await world.records.collection<StoredRequest>('requests').get(id) : undefined;
  if (request?.service !== world.service || !request.challenge) return undefined;
  const wanted = await confirmationToken(world, id, request.challenge.number);
  return sameText(wanted, token) ? request : undefined;
}
