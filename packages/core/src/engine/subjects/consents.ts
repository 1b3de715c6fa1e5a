import { mayAskAgain } from '../../kernel/consent/mayAskAgain.ts';
import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import type { ConsentEvent } from '../../kernel/decision.ts';
import { KeptError } from '../../kernel/keptError.ts';
import type { ConsentFlag } from '../../kernel/policy/policy.ts';
import { event, fresh, update } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { Consents } from '../kept.ts';
import type { ConsentRecord } from '../stored.ts';
import type { World } from '../world.ts';
import { demandRoom } from './demandRoom.ts';
import { demandSubject } from './demandSubject.ts';
import { enterLedger } from './enterLedger.ts';
import { objections } from './objections.ts';
import { saidAt } from './saidAt.ts';
import { changing } from './stamps.ts';

/** A person's choices as a history: giving and withdrawing take the same one call. */
export function consents(world: World): Consents {
  const records = world.records.collection<ConsentRecord>('consents');
  const history = async (subject: string): Promise<ConsentRecord['events']> =>
    (await records.get(historyId(world, subject)))?.events ?? [];
  const add = async (
    subject: string,
    flag: string,
    what: ConsentEvent['what'],
    source: string,
  ): Promise<ConsentRecord> => {
    demandSubject(subject);
    // What was given under an earlier version can be withdrawn under a later one that does not ask for it.
    const before = what === 'withdrawn' ? await history(subject) : [];
    if (!before.some((each) => each.flag === flag)) demandKnown(world, flag);
    demandText(source, 'source', 200);
    const at = await saidAt(world, subject);
    const choice = { flag, what, at, version: world.policy.version, source };
    if (what === 'withdrawn') {
      await enterLedger(world, { kind: 'consent-withdrawn', subject, detail: flag, at, after: before });
    }
    const type = what === 'given' ? 'ConsentGiven' : 'ConsentWithdrawn';
    return changing(world, subject, async () =>
      update<ConsentRecord>(world, 'consents', await openHistory(world, subject), (record) => {
        demandRoom(record.events, what === 'withdrawn');
        // Nor before what somebody else has written down meanwhile.
        const word = { ...choice, at: notBeforeLastWord(record.events, at) };
        return {
          document: { ...record, events: [...record.events, word] },
          events: [event(world, type, at, { subject, flag, version: choice.version, source })],
        };
      }),
    );
  };

  return {
    give: (subject, flag, source) => add(subject, flag, 'given', source),
    withdraw: (subject, flag, source) => add(subject, flag, 'withdrawn', source),
    async mayAsk(subject, flag) {
      demandSubject(subject);
      const asked = demandKnown(world, flag);
      const said = { consents: await history(subject), objections: await objections(world).history(subject) };
      return mayAskAgain(asked, said, world.clock.now(), world.policy.controller.zone);
    },
    history,
  };
}

/** Where somebody's choices are written down; answers its id. */
export async function openHistory(world: World, subject: string): Promise<string> {
  const id = historyId(world, subject);
  await world.records.collection<ConsentRecord>('consents').insert({ ...fresh(world, id), subject, events: [] });
  return id;
}

function historyId({ service, crypto }: World, subject: string): string {
  return `consents-${crypto.sha256(`${service}\n${subject}`).slice(0, 24)}`;
}

function demandKnown(world: World, flag: string): ConsentFlag {
  const known = world.policy.consents.find((each) => each.flag === flag);
  if (known) return known;
  throw new KeptError('CONSENT_INVALID', `The policy knows no consent "${String(flag).slice(0, 100)}"`, {
    place: 'flag',
    remedy: `Use one of: ${world.policy.consents.map((each) => each.flag).join(', ')}.`,
  });
}
