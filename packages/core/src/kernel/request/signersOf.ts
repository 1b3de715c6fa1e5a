import type { RightsRequest } from './rightsRequest.ts';

/** Everybody of the staff who had a part in how a request was answered; whatever its state, it keeps what was signed on the way. */
export function signersOf(request: RightsRequest): ReadonlySet<string> {
  const { refusal, answeredBy, proposal, approval, decision } = request as object as Signed;
  const all = [refusal?.by, answeredBy, proposal?.by, approval?.by, decision?.by];
  return new Set(all.filter((each) => each !== undefined));
}

type Signed = { readonly [K in 'refusal' | 'proposal' | 'approval' | 'decision']?: { readonly by: string } } & {
  readonly answeredBy?: string;
};
