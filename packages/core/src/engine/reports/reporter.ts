import { KeptError } from '../../kernel/keptError.ts';
import { demandText } from '../demandText.ts';
import { mailAddress } from '../mail/mailAddress.ts';
import { countAttempt, forgetOldAttempts, type Mark } from '../staff/attempts.ts';
import type { Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** Whoever is worried writes once or twice; whoever writes more wants something else. */
const MOST_FROM_PLACE = 10;
const MOST_BY_ADDRESS = 3;

/** What every report says of whoever makes it. */
interface Report {
  readonly by?: { readonly address?: string; readonly name?: string };
  readonly from?: string;
}

/** Where letters go to whoever reports; an empty address where they gave none. Throws INPUT_INVALID. */
export function reporterOf({ by = {} }: Report): Ticket['from'] {
  const { address, name } = by;
  const mail = address === undefined || address === '' ? '' : mailAddress(address);
  if (mail === undefined) {
    throw new KeptError('INPUT_INVALID', 'No letter could go to this address', {
      place: 'by.address',
      remedy: 'Give a whole address, or none.',
    });
  }
  return { address: mail, ...(name && { name: demandText(name, 'name', 200) }) };
}

/** Counts a report. Throws REPORT_REFUSED after too many from one place, or by one address. */
export async function demandCalmReporter(world: World, { from }: Report, address: string, now: Date): Promise<void> {
  const refusal = { code: 'REPORT_REFUSED', place: 'report' };
  const mark = (what: string, value: string, most: number): Mark => ({
    id: world.crypto.sha256(`${world.service}\nreport ${what}\n${value}`),
    most,
    refusal,
  });
  await forgetOldAttempts(world, now);
  if (from) await countAttempt(world, mark('from', demandText(from, 'from', 200), MOST_FROM_PLACE), now);
  if (address) await countAttempt(world, mark('by', address, MOST_BY_ADDRESS), now);
}
