import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import { objectionTo } from '../../kernel/objection/objectionTo.ts';
import type { StoredRequest } from '../stored.ts';
import { consents } from '../subjects/consents.ts';
import { objections } from '../subjects/objections.ts';
import type { World } from '../world.ts';
import type { Claimed, EndedRequest } from './executor.ts';

/** What was to stop, as the person's choices have it now: somebody who said yes since then is not told that it has. */
export async function choiceClaims(
  world: World,
  { subject, recorded }: Pick<EndedRequest, 'subject'> & Pick<StoredRequest, 'recorded'>,
  now: Date,
): Promise<Claimed> {
  const { flags = [], purposes = [] } = recorded ?? {};
  const [agreed, objected] = await Promise.all([consents(world).history(subject), objections(world).history(subject)]);
  const heard = notBeforeLastWord(objected, now);

  const withdrawn = flags.flatMap((flag) => {
    const last = agreed.findLast((word) => word.flag === flag);
    return last?.what === 'withdrawn' ? [{ flag, since: last.at.toISOString() }] : [];
  });
  const ended = purposes.flatMap((purpose) => {
    const word = objectionTo(purpose, objected, heard);
    return word ? [{ purpose, since: word.at.toISOString() }] : [];
  });
  const differs = [
    ...flags.filter((flag) => !withdrawn.some((each) => each.flag === flag)),
    ...purposes.filter((purpose) => !ended.some((each) => each.purpose === purpose)),
  ];
  return {
    claims: [{ what: 'stopped', flags: withdrawn, purposes: ended }],
    notClaimed: differs.map((word) => `That ${word} has stopped: the person's choices do not say so now.`),
  };
}
