import { KeptError } from '../../kernel/keptError.ts';

/** Who reads, where it is not the host itself: the owner, anybody, whoever has a link, or a staff member. */
export type Reader =
  | { readonly owner: string }
  | { readonly viewer: 'public' | 'link' }
  | { readonly by: string; readonly reason?: string };

/** What a read is for, and who reads. */
export interface StatedPurpose {
  readonly purpose: string;
  readonly reader?: Reader;
}

const LONGEST = 200;

/** Refuses what is no text: it may come from outside. Throws INPUT_INVALID. */
export function demandStated({ purpose, reader }: StatedPurpose): void {
  const texts: [string, unknown][] = [['purpose', purpose]];
  if (reader !== undefined) {
    if ('owner' in reader) texts.push(['owner', reader.owner]);
    else if ('by' in reader) texts.push(['by', reader.by]);
    else if (!['public', 'link'].includes(reader.viewer)) texts.push(['viewer', undefined]);
  }
  const wrong = texts.find(([, text]) => typeof text !== 'string' || text === '' || text.length > LONGEST);
  if (!wrong) return;
  throw new KeptError('INPUT_INVALID', `A stated purpose has no usable ${wrong[0]}`, {
    place: `forPurpose, ${wrong[0]}`,
    remedy: "Write forPurpose('service.support', { by: staff.id }), or { owner: id }, or { viewer: 'public' }.",
  });
}
