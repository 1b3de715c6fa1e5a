import { dayOf } from '../engine/outbox/letterFrame.ts';
import { consents } from '../engine/subjects/consents.ts';
import { objections } from '../engine/subjects/objections.ts';
import { personFacts } from '../engine/subjects/personFacts.ts';
import { policiesThatBind } from '../engine/subjects/policiesThatBind.ts';
import type { World } from '../engine/world.ts';
import { consentInForce } from '../kernel/consent/consentInForce.ts';
import { consentStanding } from '../kernel/consent/consentStanding.ts';
import { notBeforeLastWord } from '../kernel/consent/notBeforeLastWord.ts';
import { consentsLeft, objectionTo, type Said } from '../kernel/objection/objectionTo.ts';
import type { ConsentFlag, Purpose } from '../kernel/policy/policy.ts';

/** What a person has agreed to and objected to, and what they could. */
export interface OwnChoices {
  readonly consents: readonly {
    readonly flag: string;
    readonly label: string;
    readonly inForce: boolean;
    /** Nobody said yes: the law of the residence takes silence for one. */
    readonly bySilence: boolean;
  }[];
  readonly objections: readonly {
    readonly purpose: string;
    readonly label: string;
    readonly objected: boolean;
    /** The day of the objection that stands, YYYY-MM-DD; null where none does. */
    readonly since: string | null;
  }[];
}

/** The choices as decisions meet them now. */
export async function ownChoices(world: World, subject: string): Promise<OwnChoices> {
  const today = world.clock.now();
  const [given, objected, { country }] = await Promise.all([
    consents(world).history(subject),
    objections(world).history(subject),
    personFacts(world, subject, today),
  ]);
  const now = notBeforeLastWord([...given, ...objected], today);
  const said: Said = { consents: given, objections: objected };
  return {
    consents: flagsAskedFor(world, given).map(({ flag, label, gates }) => {
      // As long as it opens one of its purposes there is something to withdraw.
      const histories = gates.purposes.map((purpose) => consentsLeft(purpose, said, [flag], now));
      const inForce = histories.some(
        (history) => consentStanding(world.policy, flag, { history, country }, now).stands,
      );
      const saidYes = histories.some((history) => consentInForce(history, flag, now).inForce);
      return { flag, label, inForce, bySilence: inForce && !saidYes };
    }),
    objections: objectablePurposes(world).map(({ name, label }) => {
      const standing = objectionTo(name, said.objections, now);
      return {
        purpose: name,
        label,
        objected: standing !== undefined,
        since: standing ? dayOf(world, standing.at) : null,
      };
    }),
  };
}

/** Those of the version in force, then those of earlier ones which still bind, for whoever spoke of them. */
function flagsAskedFor(world: World, given: Said['consents']): ConsentFlag[] {
  const [now, ...earlier] = policiesThatBind(world).map(({ consents: flags }) => flags);
  const spoken = earlier.flat().filter(({ flag }) => given.some((one) => one.flag === flag && one.what === 'given'));
  return [...new Map([...spoken.reverse(), ...(now ?? [])].map((one) => [one.flag, one])).values()];
}

/** Those of the version in force, then those that only an earlier one lists which still binds. */
function objectablePurposes(world: World): Purpose[] {
  const all = policiesThatBind(world).flatMap(({ purposes }) => purposes.filter(({ objectable }) => objectable));
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
}
