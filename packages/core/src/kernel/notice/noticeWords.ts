import { KeptError } from '../keptError.ts';
import { isMapping } from '../policy/shape.ts';

/** The sentences of one language, by path, such as `retention.at-most`; `{name}` in them is filled in. */
export interface NoticeWords {
  readonly language: string;
  has(...path: readonly string[]): boolean;
  /** @throws KeptError NOTICE_WORDS_INVALID for a sentence or a value that is missing */
  say(path: string | readonly string[], values?: Readonly<Record<string, string>>): string;
}

/** The parsed YAML of a language, as sentences. */
export function noticeWords(data: unknown): NoticeWords {
  const root = isMapping(data) ? data : {};
  const language = String(root.language);
  const at = (path: readonly string[]): unknown =>
    path.reduce<unknown>(
      (value, step) => (isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined),
      root,
    );
  return {
    language,
    has: (...path) => typeof at(path) === 'string',
    say(path, values = {}) {
      const steps = typeof path === 'string' ? path.split('.') : path;
      const sentence = at(steps);
      if (typeof sentence !== 'string') throw missing(language, steps.join('.'));
      return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined) throw missing(language, `${steps.join('.')}, {${name}}`);
        return value;
      });
    },
  };
}

function missing(language: string, place: string): KeptError {
  return new KeptError('NOTICE_WORDS_INVALID', `The ${language} words of the notice lack "${place}"`, {
    place: `notices/${language}.yaml`,
    remedy: `add ${place} there`,
  });
}
