import type { RecipientConnector } from '../ports/recipientConnector.ts';
import type { World } from '../world.ts';

/** More is no list of one person's numbers; then staff tell the recipient. */
const MOST = 100_000;
const LONGEST = 512;

export interface KnownBy {
  readonly references: readonly string[];
  /** Nobody could say, or what they said is of no use. */
  readonly unknown?: true;
}

/** By what a recipient knows a person, as the host says. Where it cannot, the request goes on and staff are asked. */
export async function referencesOf(
  world: World,
  recipient: string,
  connector: RecipientConnector,
  subject: string,
): Promise<KnownBy> {
  try {
    const references = await connector.referencesOf?.(subject);
    if (Array.isArray(references) && references.length <= MOST && references.every(isReference)) return { references };
    world.log({ level: 'warn', event: 'recipient.references.unusable', recipient });
  } catch {
    // What it threw may name the person.
    world.log({ level: 'warn', event: 'recipient.references.failed', recipient });
  }
  return { references: [], unknown: true };
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST;
}
