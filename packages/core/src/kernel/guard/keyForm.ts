import { storedKind } from '../scan/storedKind.ts';

/** Text by which keys of records are told apart, whatever they are: a text from the id that reads like it, a record from others. */
export function keyForm(key: unknown): string {
  const text = typeof key === 'object' && key !== null ? JSON.stringify(key) : String(key);
  return `${storedKind(key)} ${text}`;
}
