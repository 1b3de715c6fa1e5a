import type { World } from '../../engine/world.ts';
import type { ConsentEvent } from '../../kernel/decision.ts';

/** The one cookie of ours: what a browser without an account chose. It tells nobody apart who chose the same. */
export const CHOICES = 'kept_choices';

const LONGEST = 2_048;
const SECOND = 1_000;

/** `despite`: said while the browser sent `Sec-GPC`, and therefore meant against the signal. */
export type VisitorChoice = ConsentEvent & { readonly despite: boolean };

/** What was chosen; nothing where the cookie was changed, cut or made up: that is silence. */
export async function readChoices(world: World, values: readonly string[]): Promise<VisitorChoice[]> {
  for (const value of values.slice(0, 5)) {
    const [written, mac] = value.length > LONGEST ? [] : value.split('.');
    if (!written || mac !== (await macOf(world, written))) continue;
    const lines = JSON.parse(Buffer.from(written, 'base64url').toString('utf8')) as [string, 0 | 1, number, 0 | 1][];
    return lines.map(([flag, yes, seconds, despite]) => ({
      flag,
      what: yes ? 'given' : 'withdrawn',
      at: new Date(seconds * SECOND),
      despite: despite === 1,
    }));
  }
  return [];
}

/** The value of the cookie: flags, yes or no, and when to the second; signed, so that no other site can say yes for somebody. */
export async function writeChoices(world: World, choices: readonly VisitorChoice[]): Promise<string> {
  const lines = choices.map(({ flag, what, at, despite }) => [
    flag,
    what === 'given' ? 1 : 0,
    Math.floor(at.getTime() / SECOND),
    despite ? 1 : 0,
  ]);
  const written = Buffer.from(JSON.stringify(lines), 'utf8').toString('base64url');
  return `${written}.${await macOf(world, written)}`;
}

/** The newest word on a flag takes the place of those before. Flags that the policy no longer knows are forgotten. */
export function withChoice(
  world: World,
  choices: readonly VisitorChoice[],
  choice: VisitorChoice,
): readonly VisitorChoice[] {
  const known = new Set(world.policy.consents.map(({ flag }) => flag));
  return [...choices.filter(({ flag }) => flag !== choice.flag && known.has(flag)), choice];
}

async function macOf({ keys, service }: World, written: string): Promise<string> {
  return (await keys.mac('cookie-choices', `${service}\n${written}`)).slice(0, 32);
}
