import { classify as classifyMail, isKeptError, loadPhrases, postalReader, type Recognition } from '@kept/core';
import { ANSWERED, BAD_NEWS, type Command } from '../command.ts';
import { checkInputs, readInput } from '../inputs.ts';
import type { Io } from '../io.ts';
import { columns, paint } from '../output.ts';

type Answer =
  | ({ readonly file: string } & Pick<
      Recognition,
      'rights' | 'language' | 'automatic' | 'child' | 'agent' | 'pictured'
    >)
  | { readonly file: string; readonly error: { readonly code: string } };

type Phrases = Awaited<ReturnType<typeof loadPhrases>>;

export const classify: Command = {
  name: 'classify',
  usage: 'FILE…|-',
  about: [
    'Each FILE is one raw mail (RFC 5322); - reads one from standard input.',
    'With --json several files give one line each. A mail that cannot be read is an answer too, and exits with 1.',
  ],
  takes: [1, Number.POSITIVE_INFINITY],
  options: {},
  async run(args, io) {
    const files = args.positionals;
    await checkInputs(files, io);
    const phrases = await loadPhrases('en');
    let unreadable = false;
    for (const file of files) {
      const answer = await answerFor(file, await readInput(file, io), phrases);
      unreadable ||= 'error' in answer;
      if (!args.json) io.out(forPeople(answer, io));
      else io.out(`${JSON.stringify(answer, undefined, files.length === 1 ? 2 : 0)}\n`);
    }
    return unreadable ? BAD_NEWS : ANSWERED;
  },
};

async function answerFor(file: string, raw: Uint8Array, phrases: Phrases): Promise<Answer> {
  try {
    const { subjectLine, text, headers, from, to } = await postalReader().read(raw);
    const found = classifyMail({ subjectLine, text, headers, from: from.address, own: to }, phrases);
    const { language, automatic, child, agent, pictured } = found;
    const rights = found.rights.map(({ right, confidence, evidence }) => ({ right, confidence, evidence }));
    return { file, rights, language, automatic, child, agent, pictured };
  } catch (error) {
    if (!isKeptError(error) || error.code !== 'MAIL_UNREADABLE') throw error;
    return { file, error: { code: error.code } };
  }
}

function forPeople(answer: Answer, io: Io): string {
  const title = paint(io, 'strong', columns([[answer.file]]).trimEnd());
  if ('error' in answer) return `${title}\n  ${paint(io, 'bad', 'cannot be read')} (${answer.error.code})\n`;
  const marks = (['automatic', 'child', 'agent', 'pictured'] as const).filter((mark) => answer[mark]);
  const rights = answer.rights.map(({ right, confidence, evidence }) => [
    `  ${right}`,
    confidence.toFixed(2),
    `"${evidence}"`,
  ]);
  const none = answer.rights.length === 0 ? '  no right is asked for\n' : '';
  return `${title}\n${columns(rights)}${none}  ${[`language ${answer.language}`, ...marks].join(', ')}\n`;
}
