import type { Kept, StoredRequest } from '@kept/core';
import type { Args } from './command.ts';
import { WrongQuestion } from './wrongQuestion.ts';

/** The request of the first argument. Throws WrongQuestion. */
export async function requestNamed(args: Args, kept: Kept): Promise<StoredRequest> {
  const request = await kept.requests.get(args.positionals[0] ?? '');
  if (request) return request;
  throw new WrongQuestion('There is no such rights request here', 'ID', 'kept request list shows their ids');
}
