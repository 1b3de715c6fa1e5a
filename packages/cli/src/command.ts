import type { Io } from './io.ts';

/** What a command ends with; nothing else is ever used. */
export const ANSWERED = 0;
export const BAD_NEWS = 1;
export const WRONG_QUESTION = 2;

export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given more than once. */
  readonly multiple?: true;
  /** What to write after it in the help, such as `DIR`. */
  readonly value?: string;
  readonly help: string;
}

/** By name, without the dashes. `--json` and `--help` are everybody's. */
export type Options = Readonly<Record<string, Option>>;

export interface Command {
  /** As it is typed after `kept`, such as `mail ingest`. */
  readonly name: string;
  /** What follows the name, such as `DIR --purpose U`. */
  readonly usage: string;
  /** Sentences for the help that the options do not say, each on a line. */
  readonly about?: readonly string[];
  /** How many arguments without dashes it takes, least and most. */
  readonly takes: readonly [number, number];
  readonly options: Options;
  /** Answers ANSWERED or BAD_NEWS; throws WrongQuestion or a KeptError where the question was wrong. */
  run(args: Args, io: Io): Promise<number>;
}

/** The words after the command, checked against its options. */
export interface Args {
  readonly command: string;
  readonly positionals: readonly string[];
  readonly json: boolean;
  text(option: string): string | undefined;
  /** Throws WrongQuestion where it was not given. */
  need(option: string): string;
  texts(option: string): readonly string[];
  flag(option: string): boolean;
}
