import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { Letters } from '../../engine/ports/edges.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { letterWords } from './letterWords.ts';

const OWN = fileURLToPath(new URL('../../../templates/', import.meta.url));
const FALLBACK = 'en';

interface Letter {
  readonly subjectLine: Handlebars.TemplateDelegate;
  readonly text: Handlebars.TemplateDelegate;
}

/**
 * Letters from `<directory>/<letter>/<language>.hbs`: first line `Subject: …`, an empty line, the text. Parts that several
 * letters share lie in `parts/<part>.<language>.hbs`, the words for rights in `parts/rights.<language>.json`. All are compiled here, and those of Kept itself once in a process; a language without its own file is written
 * in English. Throws LETTER_INVALID: here for a file that is no letter, and in `write` for an unknown letter or a missing fact.
 */
export function handlebarsLetters(directory?: string): Letters {
  if (directory !== undefined) return lettersIn(directory);
  own ??= lettersIn(OWN);
  return own;
}

let own: Letters | undefined;

function lettersIn(directory: string): Letters {
  const letters = new Map<string, Letter>();
  for (const language of languagesIn(directory)) {
    const engine = Handlebars.create();
    engine.registerHelper(letterWords(language, JSON.parse(read(directory, 'parts', `rights.${language}.json`))));
    for (const part of readdirSync(join(directory, 'parts'))) {
      const [name = '', spoken, kind] = part.split('.');
      if (spoken === language && kind === 'hbs') engine.registerPartial(name, read(directory, 'parts', part));
    }
    for (const name of readdirSync(directory)) {
      if (name === 'parts' || !readdirSync(join(directory, name)).includes(`${language}.hbs`)) continue;
      letters.set(`${name}/${language}`, compile(engine, name, read(directory, name, `${language}.hbs`)));
    }
  }

  return {
    write(name, language, model) {
      const letter = letters.get(`${name}/${language}`) ?? letters.get(`${name}/${FALLBACK}`);
      if (!letter) throw invalid(name, 'There is no such letter.');
      try {
        // Strangers' words stand in some subject lines: a line break there would begin a header.
        const subjectLine = letter.subjectLine(model).replaceAll(/\s+/g, ' ').trim().slice(0, 250);
        return { subjectLine, text: tidy(letter.text(model)) };
      } catch (error) {
        throw invalid(name, reasonOf(error));
      }
    },
  };
}

function languagesIn(directory: string): Set<string> {
  const files = readdirSync(directory).flatMap((name) => (name === 'parts' ? [] : readdirSync(join(directory, name))));
  return new Set(files.filter((file) => file.endsWith('.hbs')).map((file) => file.slice(0, -4)));
}

function read(...path: string[]): string {
  return readFileSync(join(...path), 'utf8').replaceAll('\r\n', '\n');
}

function compile(engine: typeof Handlebars, name: string, source: string): Letter {
  const [, subjectLine, text] = /^(?:\{\{!--[\s\S]*?--\}\}\n)?Subject: (.+)\n\n([\s\S]+)$/.exec(source) ?? [];
  if (!subjectLine || !text) throw invalid(name, 'The first line must be `Subject: …`, the second one empty.');
  const options = { noEscape: true, strict: true };
  try {
    // Handlebars compiles on first use; a mistake in a template is to stop the start.
    for (const part of [subjectLine, text]) engine.parse(part);
  } catch {
    throw invalid(name, 'The template has a mistake in its braces.');
  }
  return { subjectLine: engine.compile(subjectLine, options), text: engine.compile(text, options) };
}

function tidy(text: string): string {
  return `${text
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Handlebars quotes the value in which it looked for a fact; only the name of the fact may leave. */
function reasonOf(error: unknown): string {
  if (error instanceof KeptError) return error.message;
  const missing = /^"([\w.-]+)" not defined in /.exec(String((error as Error).message))?.[1];
  return missing ? `The fact \`${missing}\` is missing.` : 'The letter could not be written.';
}

function invalid(letter: string, message: string): KeptError {
  return new KeptError('LETTER_INVALID', message, {
    place: `letter ${letter}`,
    remedy: 'See LetterModels for what the letter must be told, and templates/ for its text.',
  });
}
