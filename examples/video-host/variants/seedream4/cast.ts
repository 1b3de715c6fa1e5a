/** Somebody who uses the editor. Ages are days before the seed. */
export interface Role {
  readonly key: string;
  /** With an account where there is a name. */
  readonly name?: string;
  readonly email?: string;
  readonly password?: string;
  readonly country?: string;
  readonly joinedAge: number;
  readonly seenAge: number;
  readonly closedAge?: number;
  readonly plan?: 'free' | 'premium';
  readonly batches: readonly Batch[];
  /** Ages of payments. */
  readonly payments?: readonly number[];
  readonly activities?: readonly { readonly feature: string; readonly age: number; readonly count: number }[];
}

export interface Batch {
  readonly age: number;
  readonly prompt: string;
  readonly style: string;
  readonly items: readonly { readonly prompt: string; readonly picture?: string }[];
}

/** Two members at home under different laws, one who left, and three who never had an account. */
export const cast: readonly Role[] = [
  {
    key: 'ida',
    name: 'Ida Moser',
    email: 'ida@example.org',
    password: 'a tram at six in the morning',
    country: 'AT',
    joinedAge: 420,
    seenAge: 1,
    plan: 'premium',
    batches: [
      {
        age: 5,
        prompt: 'the whole family as a poster of an old film',
        style: 'poster',
        items: [
          { prompt: 'grandmother, in the light of a lamp', picture: 'grandmother' },
          { prompt: 'the twins, running', picture: 'twins' },
          { prompt: 'father with the dog', picture: 'father' },
        ],
      },
      {
        age: 40,
        prompt: 'a lighthouse in fog',
        style: 'watercolour',
        items: [{ prompt: 'a lighthouse in fog' }],
      },
      { age: 88, prompt: 'plan of a garden', style: 'drawing', items: [{ prompt: 'plan of a garden' }] },
    ],
    payments: [400, 35],
    activities: [
      { feature: 'batch', age: 5, count: 1 },
      { feature: 'image', age: 40, count: 3 },
      { feature: 'image', age: 88, count: 1 },
    ],
  },
  {
    key: 'wren',
    name: 'Wren Carter',
    email: 'wren@example.com',
    password: 'a porch in the rain tonight',
    country: 'US-VA',
    joinedAge: 200,
    seenAge: 2,
    batches: [
      {
        age: 10,
        prompt: 'a red barn',
        style: 'photograph',
        items: [{ prompt: 'a red barn in snow' }, { prompt: 'a red barn at noon' }],
      },
      { age: 60, prompt: 'two herons', style: 'watercolour', items: [{ prompt: 'two herons' }] },
    ],
    activities: [{ feature: 'batch', age: 10, count: 2 }],
  },
  {
    key: 'pia',
    name: 'Pia Horvat',
    email: 'pia@example.net',
    country: 'HR',
    joinedAge: 300,
    seenAge: 20,
    closedAge: 20,
    plan: 'premium',
    batches: [{ age: 50, prompt: 'an empty theatre', style: 'photograph', items: [{ prompt: 'an empty theatre' }] }],
    payments: [120],
  },
  {
    key: 'noor',
    joinedAge: 30,
    seenAge: 3,
    batches: [
      {
        age: 3,
        prompt: 'my cat as an astronaut',
        style: 'photograph',
        items: [{ prompt: 'my cat as an astronaut', picture: 'cat' }],
      },
      { age: 30, prompt: 'a paper boat', style: 'poster', items: [{ prompt: 'a paper boat' }] },
    ],
    activities: [{ feature: 'image', age: 3, count: 1 }],
  },
  {
    key: 'otto',
    email: 'otto@example.net',
    country: 'DE',
    joinedAge: 20,
    seenAge: 20,
    batches: [{ age: 20, prompt: 'a bridge of glass', style: 'poster', items: [{ prompt: 'a bridge of glass' }] }],
  },
  {
    key: 'lena',
    joinedAge: 178,
    seenAge: 170,
    batches: [],
  },
];
