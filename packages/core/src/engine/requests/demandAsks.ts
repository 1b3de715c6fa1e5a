import { KeptError } from '../../kernel/keptError.ts';
import { definedWords } from '../../kernel/policy/vocabulary.ts';
import type { Asks, Correction } from '../../kernel/request/asks.ts';
import { isRestrictionGround } from '../../kernel/request/restrictionGround.ts';
import { policiesThatBind } from '../subjects/policiesThatBind.ts';
import type { World } from '../world.ts';
import { demandCorrection } from './demandCorrection.ts';

const MOST = 50;

/** What a form says beside the right, as it may be stored, and nothing else that came with it. Throws ASKS_INVALID, CORRECTION_INVALID. */
export function demandAsks(world: World, asks: unknown): Asks {
  if (typeof asks !== 'object' || asks === null || Array.isArray(asks)) throw invalid('asks', 'Hand over an object.');
  const { purposes, flags, ground, corrections } = asks as Record<keyof Asks, unknown>;
  const known = policiesThatBind(world).flatMap((policy) => policy.consents.map(({ flag }) => flag));
  if (ground !== undefined && !isRestrictionGround(ground)) throw invalid('ground', 'Use a ground of Art 18(1) GDPR.');
  return {
    ...(purposes !== undefined && {
      purposes: words(purposes, definedWords(world.policy.vocabulary).purposes, 'purposes'),
    }),
    ...(flags !== undefined && { flags: words(flags, known, 'flags') }),
    ...(ground !== undefined && { ground }),
    ...(corrections !== undefined && {
      corrections: listOf(corrections, 'corrections').map((each): Correction => demandCorrection(world.policy, each)),
    }),
  };
}

function words(given: unknown, known: readonly string[], place: string): string[] {
  const list = listOf(given, place).filter((word): word is string => known.some((one) => one === word));
  if (list.length === (given as unknown[]).length) return [...new Set(list)];
  throw invalid(place, `Use words of the policy, such as: ${known.slice(0, 5).join(', ')}.`);
}

function listOf(given: unknown, place: string): unknown[] {
  if (Array.isArray(given) && given.length > 0 && given.length <= MOST) return given;
  throw invalid(place, `Name 1 to ${MOST}, or leave it out.`);
}

function invalid(place: string, remedy: string): KeptError {
  return new KeptError('ASKS_INVALID', 'It is not clear what exactly is asked for', { place, remedy });
}
