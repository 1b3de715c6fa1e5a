import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import type { ObjectionEvent } from '../../kernel/decision.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { objectableWords } from '../../kernel/objection/objectableWords.ts';
import { insteadOf } from '../../kernel/policy/nearestWord.ts';
import { event, fresh, update } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { Objections } from '../kept.ts';
import type { ObjectionRecord } from '../stored.ts';
import type { World } from '../world.ts';
import { demandRoom } from './demandRoom.ts';
import { demandSubject } from './demandSubject.ts';
import { enterLedger } from './enterLedger.ts';
import { policiesThatBind } from './policiesThatBind.ts';
import { saidAt } from './saidAt.ts';
import { changing } from './stamps.ts';

/** No purpose is longer; what is longer is not searched for its nearest word. */
const LONGEST = 100;

/** A person's objections as a history: objecting and taking back take the same one call. */
export function objections(world: World): Objections {
  const records = world.records.collection<ObjectionRecord>('objections');
  const idOf = (subject: string): string =>
    `objections-${world.crypto.sha256(`${world.service}\n${subject}`).slice(0, 24)}`;
  const history = async (subject: string): Promise<readonly ObjectionEvent[]> =>
    (await records.get(idOf(subject)))?.events ?? [];

  const add = async (
    subject: string,
    purpose: string,
    what: ObjectionEvent['what'],
    source: string,
  ): Promise<ObjectionRecord> => {
    demandSubject(subject);
    // What an earlier version let somebody object to can be taken back under a later one that does not.
    const before = await history(subject);
    const known = what === 'withdrawn' ? before.map((one) => one.purpose) : [];
    demandObjectable(purpose, [...objectableWords(policiesThatBind(world)), ...known]);
    demandText(source, 'source', 200);
    const at = await saidAt(world, subject);
    const word: ObjectionEvent = { purpose, what, at, version: world.policy.version, source };
    if (what === 'objected') {
      await enterLedger(world, { kind: 'objection', subject, detail: purpose, at, after: before });
    }
    const type = what === 'objected' ? 'ObjectionMade' : 'ObjectionWithdrawn';
    return changing(world, subject, async () => {
      await records.insert({ ...fresh(world, idOf(subject)), subject, events: [] });
      return update<ObjectionRecord>(world, 'objections', idOf(subject), (record) => {
        demandRoom(record.events, what === 'objected');
        // Nor before what somebody else has written down meanwhile.
        const said = { ...word, at: notBeforeLastWord(record.events, at) };
        return {
          document: { ...record, events: [...record.events, said] },
          events: [event(world, type, at, { subject, purpose, version: word.version, source })],
        };
      });
    });
  };

  return {
    object: (subject, purpose, source) => add(subject, purpose, 'objected', source),
    withdraw: (subject, purpose, source) => add(subject, purpose, 'withdrawn', source),
    history,
  };
}

function demandObjectable(purpose: string, known: readonly string[]): void {
  if (known.includes(purpose)) return;
  const word = String(purpose).slice(0, LONGEST);
  throw new KeptError('OBJECTION_INVALID', `The policy knows no purpose "${word}" that can be objected to`, {
    place: 'purpose',
    remedy: insteadOf(word, [...new Set(known)]),
  });
}
