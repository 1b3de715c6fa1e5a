import type { Recognition } from '../../kernel/classify/classify.ts';
import { speaksOfSelf } from '../../kernel/classify/speaksOfSelf.ts';
import { addressSubject } from '../../kernel/request/addressSubject.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { whoseData } from './whoseData.ts';

type About = NonNullable<StoredRequest['about']>;

/**
 * Whose data a mail is about. An agent writes for others and not for their own account. Who names nobody else and is in no
 * record stands under the address that wrote: it is asked whether it did, and told what was found. Where others are named that
 * is left out, since a letter that comes or does not would tell whether they have an account.
 */
export async function whoIsMeant(
  world: World,
  writer: string,
  recognition: Recognition,
): Promise<readonly (About | undefined)[]> {
  const { agent, automatic, child, named } = recognition;
  const forOthers = agent && !child;
  const found = await whoseData(world, writer, named, !forOthers && speaksOfSelf(recognition));
  const people = forOthers ? found.filter(({ address }) => address !== writer) : found;
  if (people.length > 0) return people;

  const others = named.some((each) => each.toLowerCase() !== writer);
  if (agent || automatic || child || others || !writer) return [undefined];
  return [{ subject: addressSubject(writer), address: writer }];
}
