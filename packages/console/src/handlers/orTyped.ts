import { isKeptError } from '../kept.ts';
import { statusOf } from '../statusOf.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { requestPage } from './requestPage.ts';

/** What is wrong with the form, or with the state that it found: both are said on the page itself. */
const SAID_THERE: readonly number[] = [409, 422];

/** A refusal that the page can say gives it back, with what was typed. */
export async function orTyped(visit: RequestVisit, attempt: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await attempt();
  } catch (error) {
    const status = isKeptError(error) ? statusOf(error.code) : undefined;
    if (!isKeptError(error) || !status || !SAID_THERE.includes(status)) throw error;
    const fault = { status, text: `${error.message}. ${error.remedy}` };
    return requestPage(visit, { typed: visit.form, fault });
  }
}
