import type { Clock } from '../../engine/ports/edges.ts';

/** The time of this machine. The only adapter, with its settable brother, that reads it. */
export const systemClock: Clock = { now: () => new Date() };
