import type { Plan } from './models.ts';
import type { Processor } from './simulatedProcessor.ts';

/** An image of the seed; ages are days before the day it is seeded. */
export interface Work {
  /** Unique within its person. */
  readonly key: string;
  readonly prompt: string;
  readonly age: number;
  readonly picture?: string;
  readonly isPublic?: boolean;
}

export interface Role {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly plan: Plan;
  readonly joinedAge: number;
  readonly seenAge: number;
  readonly downgradedAge?: number;
  readonly closedAge?: number;
  readonly ip: string;
  readonly paid?: readonly { readonly processor: Processor; readonly age: number }[];
  readonly logAges: readonly number[];
  readonly works: readonly Work[];
}

export const cast: readonly Role[] = [
  {
    key: 'mara',
    name: 'mara',
    email: 'mara@example.org',
    password: 'seven lanterns on the pier',
    plan: 'pro',
    joinedAge: 400,
    seenAge: 1,
    ip: '192.0.2.10',
    paid: [
      { processor: 'stripe', age: 390 },
      { processor: 'paypal', age: 25 },
    ],
    logAges: [1, 12, 85],
    works: [
      { key: 'kitchen', prompt: 'My grandmother dancing in her kitchen', age: 340, picture: 'portrait' },
      { key: 'pier', prompt: 'Fog rolling over a pier at first light', age: 60 },
      { key: 'whale', prompt: 'The lighthouse keeper waves to a whale', age: 3, isPublic: true },
    ],
  },
  {
    key: 'jonas',
    name: 'jonas',
    email: 'jonas@example.org',
    password: 'a quiet harbour at six',
    plan: 'free',
    joinedAge: 100,
    seenAge: 2,
    ip: '198.51.100.77',
    logAges: [2, 88],
    works: [
      { key: 'train', prompt: 'A night train crossing the sea', age: 28, picture: 'tracks' },
      { key: 'snow', prompt: 'Snow falling upwards', age: 3 },
    ],
  },
  {
    key: 'aiko',
    name: 'aiko',
    email: 'aiko@example.net',
    password: 'koi below the bridge',
    plan: 'free',
    joinedAge: 200,
    seenAge: 4,
    downgradedAge: 5,
    ip: '203.0.113.24',
    paid: [{ processor: 'paypal', age: 178 }],
    logAges: [4],
    works: [
      { key: 'koi', prompt: 'Koi swimming through a city at night', age: 150 },
      { key: 'rain', prompt: 'Rain on a neon street, seen from below', age: 2 },
    ],
  },
  {
    key: 'pavel',
    name: 'pavel',
    email: 'pavel@example.net',
    password: 'clockwork birds at noon',
    plan: 'free',
    joinedAge: 90,
    seenAge: 29,
    closedAge: 28,
    ip: '203.0.113.66',
    logAges: [29],
    works: [{ key: 'birds', prompt: 'Clockwork birds', age: 29, isPublic: true }],
  },
];
