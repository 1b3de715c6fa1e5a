import { timingSafeEqual } from 'node:crypto';
import { KeptError } from '../kept.ts';

/** Where a form came from, as the browser tells. */
export interface FormOrigin {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly host: string | undefined;
}

/**
 * Refuses a form that was not written by a page of this session: the token must match, and the browser must not name
 * another site. Clients that send neither Origin nor Sec-Fetch-Site are judged by the token. Throws FORM_REFUSED.
 */
export function demandOwnForm(sent: string | undefined, expected: string | undefined, from: FormOrigin): void {
  if (matches(sent, expected) && isSameSite(from)) return;
  throw new KeptError('FORM_REFUSED', 'This form did not come from a page of your session', {
    place: 'console',
    remedy: 'Open the page again and send the form from there.',
  });
}

function matches(sent: string | undefined, expected: string | undefined): boolean {
  if (!sent || !expected) return false;
  const [a, b] = [Buffer.from(sent), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function isSameSite({ origin, fetchSite, host }: FormOrigin): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
