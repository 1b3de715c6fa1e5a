/** A video of the story; ages are days before the day it is seeded. */
export interface Scene {
  /** Unique within its person. */
  readonly key: string;
  readonly prompt: string;
  readonly age: number;
  readonly savedAge?: number;
  readonly unsavedAge?: number;
  readonly isPublic?: boolean;
  /** Name of a picture; two scenes of one person that name the same one share the file. */
  readonly picture?: string;
  /** `person.scene`, told earlier in the cast. */
  readonly remixOf?: string;
}

export interface Role {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly identity?: { readonly provider: string; readonly email: string };
  /** Absent where the person comes by a provider only. */
  readonly password?: string;
  readonly country: string;
  readonly birthYear: number;
  readonly joinedAge: number;
  readonly closedAge?: number;
  readonly hasAvatar?: boolean;
  /** Days before, and the pack. */
  readonly purchases?: readonly { readonly age: number; readonly pack: 'small' | 'large' }[];
  readonly apiKey?: { readonly name: string; readonly calls: number };
  readonly sessions: readonly { readonly age: number; readonly ip: string; readonly userAgent: string }[];
  readonly scenes: readonly Scene[];
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1';

/** Told in this order: who is remixed comes before who remixes. */
export const cast: readonly Role[] = [
  {
    key: 'aiko',
    name: 'Aiko Tanaka',
    email: 'aiko@example.net',
    identity: { provider: 'google', email: 'aiko@example.net' },
    country: 'JP',
    birthYear: 1995,
    joinedAge: 160,
    purchases: [{ age: 90, pack: 'small' }],
    sessions: [{ age: 3, ip: '203.0.113.24', userAgent: phone }],
    scenes: [
      {
        key: 'koi',
        prompt: 'Koi swimming through a city at night',
        age: 50,
        savedAge: 50,
        isPublic: true,
        picture: 'pond',
      },
      { key: 'rain', prompt: 'Rain on a neon street, seen from below', age: 9 },
    ],
  },
  {
    key: 'jonas',
    name: 'Jonas Weber',
    email: 'jonas@example.org',
    password: 'a quiet harbour at six',
    country: 'DE',
    birthYear: 1988,
    joinedAge: 140,
    purchases: [{ age: 70, pack: 'small' }],
    sessions: [{ age: 1, ip: '198.51.100.77', userAgent: firefox }],
    scenes: [
      {
        key: 'desert',
        prompt: 'A desert of glass under two suns',
        age: 60,
        savedAge: 58,
        isPublic: true,
        picture: 'dunes',
      },
      { key: 'forest', prompt: 'A forest growing in one breath', age: 40, savedAge: 39 },
      { key: 'train', prompt: 'A night train crossing the sea', age: 29 },
      { key: 'kettle', prompt: 'A kettle that dreams of being a volcano', age: 24 },
      { key: 'swifts', prompt: 'Swifts above the roofs at dusk', age: 15 },
      { key: 'snow', prompt: 'Snow falling upwards', age: 3 },
    ],
  },
  {
    key: 'mara',
    name: 'Mara Lindqvist',
    email: 'mara@example.org',
    identity: { provider: 'google', email: 'mara.lindqvist@example.com' },
    password: 'seven lanterns on the pier',
    country: 'SE',
    birthYear: 1991,
    joinedAge: 200,
    hasAvatar: true,
    purchases: [
      { age: 190, pack: 'small' },
      { age: 100, pack: 'large' },
      { age: 20, pack: 'small' },
    ],
    apiKey: { name: 'storyboard script', calls: 40 },
    sessions: [
      { age: 12, ip: '192.0.2.10', userAgent: firefox },
      { age: 1, ip: '192.0.2.44', userAgent: phone },
    ],
    scenes: [
      {
        key: 'lighthouse',
        prompt: 'A lighthouse in a storm, waves like hills',
        age: 120,
        savedAge: 119,
        isPublic: true,
        picture: 'cliff',
      },
      {
        key: 'keeper',
        prompt: 'The lighthouse keeper waves to a passing whale',
        age: 45,
        savedAge: 44,
        picture: 'cliff',
      },
      { key: 'grandmother', prompt: 'My grandmother dancing in her kitchen', age: 21, picture: 'portrait' },
      { key: 'mirage', prompt: 'The glass desert, but it is raining', age: 12, remixOf: 'jonas.desert' },
      { key: 'lanterns', prompt: 'Koi and paper lanterns over the city', age: 6, savedAge: 6, remixOf: 'aiko.koi' },
      { key: 'fog', prompt: 'Fog rolling over a pier at first light', age: 2, isPublic: true },
    ],
  },
];

const others: readonly [key: string, name: string, country: string, prompts: readonly string[]][] = [
  ['tomas', 'Tomás Ferreira', 'PT', ['A tram climbing into the clouds', 'Sardines in formation']],
  ['priya', 'Priya Raman', 'GB', ['A banyan tree full of lamps', 'Monsoon on a tin roof', 'A paper tiger wakes']],
  ['lea', 'Léa Moreau', 'FR', ['A baker shaping the moon']],
  ['omar', 'Omar Haddad', 'BE', ['Dust storm in slow motion', 'Olive trees at noon']],
  ['nora', "Nora O'Brien", 'IE', ['A cliff path in spring']],
  ['pavel', 'Pavel Novák', 'CZ', ['Clockwork birds', 'An old bridge remembers']],
  ['chidi', 'Chidi Okafor', 'NL', ['Lagos at sunrise, from a kite', 'A drum made of rain']],
];

/** Those who remix Mara, and the rest. */
export const crowd: readonly Role[] = others.map(([key, name, country, prompts], place) => ({
  key,
  name,
  email: `${key}@example.net`,
  identity: { provider: place % 2 === 0 ? 'google' : 'github', email: `${key}@example.net` },
  country,
  birthYear: 1980 + place * 3,
  joinedAge: 90 - place * 7,
  ...(key === 'pavel' && { closedAge: 10 }),
  sessions: key === 'pavel' ? [] : [{ age: 2 + place, ip: `203.0.113.${60 + place}`, userAgent: firefox }],
  scenes: [
    ...prompts.map((prompt, at) => ({
      key: `scene${at}`,
      prompt,
      age: 5 + place + at * 8,
      ...(at === 1 && { savedAge: 5 + place }),
      ...(place === 1 && { isPublic: true }),
    })),
    ...(key === 'priya'
      ? [
          {
            key: 'remix',
            prompt: 'The lighthouse, built of lamps',
            age: 11,
            savedAge: 10,
            isPublic: true,
            remixOf: 'mara.lighthouse',
          },
        ]
      : []),
  ],
}));

/** Jonas's remix of Mara's, which can be told only after hers, and an old video that he gave up two days ago. */
export const later: Readonly<Record<string, readonly Scene[]>> = {
  jonas: [
    { key: 'beacon', prompt: 'The lighthouse as a beacon for comets', age: 18, remixOf: 'mara.lighthouse' },
    { key: 'canal', prompt: 'A canal boat made of light', age: 44, unsavedAge: 2 },
  ],
};
