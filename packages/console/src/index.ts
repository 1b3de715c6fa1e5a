export { type ConsoleOptions, createConsole } from './createConsole.ts';
