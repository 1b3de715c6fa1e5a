import type { MediaKind, Source } from './models.ts';

/** A creation of the cast; ages are days before the day it is seeded. */
export interface Scene {
  readonly key: string;
  readonly prompt: string;
  readonly kind: 'video' | 'image';
  readonly age: number;
  readonly from?: MediaKind;
}

export interface Role {
  readonly key: string;
  readonly name: string;
  readonly source: Source;
  readonly password?: string;
  readonly country?: string;
  readonly joinedAge: number;
  readonly closedAge?: number;
  /** Where the first visit came from; absent where the visitor said no. */
  readonly campaign?: string;
  readonly orders?: readonly { readonly age: number; readonly offer: 'credits' | 'monthly' }[];
  /** Days on which the person signed in. */
  readonly seen: readonly number[];
  readonly scenes: readonly Scene[];
}

const story: readonly Role[] = [
  {
    key: 'lina',
    name: 'Lina Aubert',
    source: 'direct',
    password: 'nine boats under the bridge',
    country: 'FR',
    joinedAge: 300,
    campaign: 'newsletter',
    orders: [
      { age: 280, offer: 'credits' },
      { age: 10, offer: 'monthly' },
    ],
    seen: [170, 100, 31, 1],
    scenes: [
      { key: 'harbour', prompt: 'A harbour that sails away', kind: 'video', age: 290, from: 'image' },
      { key: 'poster', prompt: 'A poster for a film that was never shot', kind: 'image', age: 120 },
      { key: 'dance', prompt: 'The same dance on the moon', kind: 'video', age: 31, from: 'video' },
      { key: 'song', prompt: 'What my song looks like', kind: 'video', age: 3, from: 'audio' },
    ],
  },
  {
    key: 'teo',
    name: 'Teo Marin',
    source: 'google',
    joinedAge: 350,
    campaign: 'search',
    seen: [20],
    scenes: [
      { key: 'old', prompt: 'A clock that counts leaves', kind: 'video', age: 349 },
      { key: 'new', prompt: 'Rain that falls upwards', kind: 'image', age: 5 },
    ],
  },
  {
    key: 'ada',
    name: 'Ada Brandt',
    source: 'github',
    country: 'DE',
    joinedAge: 200,
    closedAge: 20,
    campaign: 'search',
    orders: [{ age: 190, offer: 'credits' }],
    seen: [175, 21],
    scenes: [{ key: 'bridge', prompt: 'A bridge made of letters', kind: 'video', age: 150, from: 'image' }],
  },
];

const names = [
  ...['Milo', 'Noor', 'Petra', 'Quinn', 'Rosa', 'Sami', 'Tilda', 'Ugo', 'Vera', 'Wim', 'Yara', 'Zeno'],
  ...['Abel', 'Bea', 'Cleo', 'Dov', 'Edda', 'Finn', 'Gwen', 'Hugo', 'Ines', 'Joss', 'Kaia', 'Leo'],
];

/** Enough people that two groups of each figure are large, and the larger one may be shown. */
const crowd: readonly Role[] = names.map((name, place) => ({
  key: name.toLowerCase(),
  name: `${name} Roth`,
  source: place % 3 === 0 ? 'direct' : place % 3 === 1 ? 'google' : 'github',
  ...(place === 0 && { password: 'a kite over the salt flats' }),
  joinedAge: 30 + place * 10,
  campaign: place < 12 ? 'search' : place < 22 ? 'newsletter' : 'podcast',
  seen: [2 + place],
  scenes: [{ key: 'first', prompt: `${name} at the window`, kind: place < 12 ? 'video' : 'image', age: 2 + place }],
}));

export const cast: readonly Role[] = [...story, ...crowd];

/** First visits of people who never signed up: where from, and how many days ago. */
export const passersBy: readonly { readonly campaign?: string; readonly age: number }[] = [
  { campaign: 'newsletter', age: 360 },
  { age: 200 },
  { campaign: 'newsletter', age: 4 },
];
