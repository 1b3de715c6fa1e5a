import { KeptError } from '../../../kernel/keptError.ts';
import { objectedTo } from '../../../kernel/objection/objectedTo.ts';
import { isAddressSubject } from '../../../kernel/request/addressSubject.ts';
import { isAbsolute } from '../../../kernel/request/isAbsolute.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import { sayNo, sourceOf } from '../sayNo.ts';

/**
 * Ends what an objection ends whatever its reasons, such as marketing (Art 21(2) and (3) GDPR), before the rest of it is
 * refused. Whoever has not confirmed yet is taken at the word of their registered address: a no to that harms nobody. Throws
 * REFUSAL_INVALID where it is clear who objects, and nothing of it can be refused.
 */
export async function endUnrefusable(world: World, request: StoredRequest): Promise<void> {
  if (request.test) return;
  const purposes = unrefusable(world, request);
  const isKnown = 'subject' in request;
  const isAll = isAbsolute(request.right) || (purposes.length > 0 && weighedIn(world, request) === 0);
  if (isKnown && isAll) throw absolute(request._id);
  const subject = subjectOf(request);
  // What it began with was said then, and what the person has said since stands.
  if (subject !== undefined && !request.begun) await sayNo(world, subject, { flags: [], purposes }, sourceOf(request));
}

/** What a refusal leaves standing of an objection, where it can be told whose it is. */
export function unrefusable({ policy }: Pick<World, 'policy'>, request: StoredRequest): readonly string[] {
  if (request.right !== 'objection' || subjectOf(request) === undefined) return [];
  return objectedTo(policy, request.asks?.purposes).atOnce;
}

function weighedIn({ policy }: World, { asks }: StoredRequest): number {
  return objectedTo(policy, asks?.purposes).weighed.length;
}

function subjectOf(request: StoredRequest): string | undefined {
  if ('subject' in request) return isAddressSubject(request.subject) ? undefined : request.subject;
  const { about, requester } = request;
  const wroteItself = about !== undefined && about.address === requester.address && !isAddressSubject(about.subject);
  return wroteItself ? about.subject : undefined;
}

function absolute(id: string): KeptError {
  return new KeptError('REFUSAL_INVALID', 'Nobody may refuse to end marketing, or what rests on a consent', {
    place: `request ${id}`,
    remedy: 'It is carried out by itself (Art 21(3), Art 7(3) GDPR). Only what is weighed can be refused.',
  });
}
