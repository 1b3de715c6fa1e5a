import { MASK, maskAddresses, maskNames } from '../../../kernel/access/maskOthers.ts';
import type { World } from '../../world.ts';
import { conversationsOf, lettersOf, requestsOf } from './ownCases.ts';
import { acceptancesOf, categoryOfChoice, choicesOf, restrictionsOf } from './ownChoices.ts';
import { disclosuresTo, linksOf, usesOf, viewsOf } from './ownTraces.ts';
import type { RedactionLine, RedactionLog } from './redactionLog.ts';
import { jsonList, type TextFile, textFile } from './textEntry.ts';

/** Whose records Kept's own are asked for, and who in them may be named. */
export interface OwnQuestion {
  readonly subject: string;
  /** The person's own email addresses, in lower case. */
  readonly own: ReadonlySet<string>;
  /** Those that stay in texts: the person's own, and the controller's. */
  readonly spared: ReadonlySet<string>;
  /** Names and addresses of staff, who are masked. */
  readonly staff: readonly string[];
}

/** A kind of Kept's own records: where they lie in the package, and what they are. */
export interface OwnFile {
  readonly name: string;
  /** Of all of it, or of one of its items. */
  readonly category: string | ((item: object) => string);
  read(world: World, question: OwnQuestion, mask: OwnMask): AsyncIterable<object>;
}

/** Takes other people out of a text of Kept's own records. */
export interface OwnMask {
  text(field: string, text: string): string;
  /** Of a value that is not shown at all. */
  whole(field: string, why: RedactionLine['why']): string;
}

/** What Kept itself keeps of a person, a file each. */
export const ownFiles: readonly OwnFile[] = [
  { name: 'kept/requests.json', category: 'rights.record', read: requestsOf },
  { name: 'kept/conversations.json', category: 'support.conversation', read: conversationsOf },
  { name: 'kept/letters.json', category: 'support.conversation', read: lettersOf },
  { name: 'kept/choices.json', category: categoryOfChoice, read: choicesOf },
  { name: 'kept/accepted-notices.json', category: 'choice.acceptance', read: acceptancesOf },
  { name: 'kept/restrictions.json', category: 'rights.record', read: restrictionsOf },
  { name: 'kept/disclosures.json', category: 'rights.disclosure', read: disclosuresTo },
  { name: 'kept/looks-by-staff.json', category: 'rights.disclosure', read: viewsOf },
  { name: 'kept/uses.json', category: 'generation.training-use', read: usesOf },
  { name: 'kept/links.json', category: 'generation.sharing', read: linksOf },
];

/** The files that have something of this person in them. */
export async function* ownTexts(world: World, question: OwnQuestion, log: RedactionLog): AsyncGenerator<TextFile> {
  for (const own of ownFiles) {
    if (!(await isThere(own.read(world, question, UNMASKED)))) continue;
    let count = 0;
    async function* counted(): AsyncGenerator<object> {
      for await (const item of own.read(world, question, ownMask(own.name, question, log))) {
        count += 1;
        yield item;
      }
    }
    yield textFile(own.name, 'application/json', jsonList(counted()), () => count);
  }
}

export function ownMask(file: string, { spared, staff }: OwnQuestion, log: RedactionLog): OwnMask {
  return {
    text(field, text) {
      const named = maskNames(text, staff);
      log.note({ file, field, what: 'name', why: 'staff' }, named.masked.name ?? 0);
      const found = maskAddresses(named.text, spared);
      log.note({ file, field, what: 'address', why: 'others' }, found.masked.address ?? 0);
      return found.text;
    },
    whole(field, why) {
      log.note({ file, field, what: 'value', why }, 1);
      return MASK;
    },
  };
}

/** For whoever only counts. */
export const UNMASKED: OwnMask = { text: (_field, text) => text, whole: () => MASK };

async function isThere(items: AsyncIterable<object>): Promise<boolean> {
  for await (const _ of items) return true;
  return false;
}
