import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { objectableWords } from '../../kernel/objection/objectableWords.ts';
import { objectionTo } from '../../kernel/objection/objectionTo.ts';
import { insteadOf } from '../../kernel/policy/nearestWord.ts';
import type { Unsubscribe } from '../keptChoices.ts';
import type { World } from '../world.ts';
import { demandSubject } from './demandSubject.ts';
import { objections } from './objections.ts';
import { policiesThatBind } from './policiesThatBind.ts';

const KEY = 'unsubscribe';
const LONGEST_TOKEN = 2_000;

/** Whom a link stands for, and what it stops. */
interface Meant {
  readonly subject: string;
  readonly purpose: string;
}

/**
 * A link carries all that it needs, sealed: it works as long as somebody keeps the letter, names nobody to whom it passes
 * by, and cannot be made up. Following it changes nothing; pressing its button does, and so does the one click of a mail
 * program (RFC 8058).
 */
export function unsubscribe(world: World): Unsubscribe {
  const linkFor = async (subject: string, purpose: string): Promise<string> => {
    demandSubject(subject);
    demandObjectable(world, purpose);
    const key = await world.keys.create(KEY);
    const bytes = new TextEncoder().encode(JSON.stringify([subject, purpose]));
    const sealed = world.crypto.seal(key, bytes, aboutLink(world));
    return `${world.publicUrl}/unsubscribe/${hexOf(sealed)}`;
  };

  return {
    linkFor,

    async headersFor(subject, purpose) {
      return {
        'List-Unsubscribe': `<${await linkFor(subject, purpose)}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      };
    },

    async peek(token) {
      const meant = await meantBy(world, token);
      return meant && { purpose: meant.purpose };
    },

    async object(token) {
      const now = world.clock.now();
      const meant = await meantBy(world, token);
      if (!meant) throw notFound();
      const { subject, purpose } = meant;
      // Of somebody who has left, nothing is written down anew.
      if (!(await world.data.profilesOf([subject])).has(subject)) return { purpose };
      const history = await objections(world).history(subject);
      if (!objectionTo(purpose, history, notBeforeLastWord(history, now)))
        await objections(world).object(subject, purpose, 'unsubscribe link');
      return { purpose };
    },
  };
}

async function meantBy(world: World, token: string): Promise<Meant | undefined> {
  if (typeof token !== 'string' || token.length > LONGEST_TOKEN || !/^([0-9a-f]{2})+$/.test(token)) return undefined;
  try {
    const bytes = world.crypto.unseal(await world.keys.create(KEY), bytesOf(token), aboutLink(world));
    const [subject, purpose] = JSON.parse(new TextDecoder().decode(bytes)) as [string, string];
    return { subject, purpose };
  } catch {
    return undefined;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** A link of one service opens nothing at another that shares its keys. */
function aboutLink({ service }: World): string {
  return `unsubscribe ${service}`;
}

function demandObjectable(world: World, purpose: string): void {
  const words = objectableWords(policiesThatBind(world));
  if (words.includes(purpose)) return;
  throw new KeptError('OBJECTION_INVALID', 'The policy knows no such purpose that can be objected to', {
    place: 'purpose',
    remedy: insteadOf(String(purpose).slice(0, 100), words),
  });
}

function notFound(): KeptError {
  return new KeptError('UNSUBSCRIBE_NOT_FOUND', 'This link stops no letters', {
    place: 'unsubscribe link',
    remedy: 'Use the whole link of the letter, or sign in and object on the privacy page.',
  });
}
