import type { Collection } from 'mongoose';
import type { Declared } from '../../kernel/guard/writeRules.ts';

/** A method of the driver's collection, as the models of one collection call it. */
export type Method = (...args: unknown[]) => unknown;

/** A governed collection, and how its own methods are called past the guard. */
export interface Guarded {
  readonly collection: Collection;
  governed(): Declared;
  raw(method: string, args: readonly unknown[]): unknown;
}

/** Puts a method of our own before the one that all collections share. */
export function guardMethod(collection: Collection, name: string, method: Method): void {
  Object.defineProperty(collection, name, { value: method, configurable: true, writable: true });
}
