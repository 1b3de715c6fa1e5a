export { ANSWERED, type Args, BAD_NEWS, type Command, type Option, type Options, WRONG_QUESTION } from './command.ts';
export type { Io } from './io.ts';
export { run } from './run.ts';
export { WrongQuestion } from './wrongQuestion.ts';
