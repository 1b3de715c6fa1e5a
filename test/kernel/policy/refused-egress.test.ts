import { describe } from '@jest/globals';
import { refusals } from './refusals.ts';

const listed = 'prompt: generation.prompt\n      model: generation.settings\n      duration';

describe('an allow-list that does not fit the policy', () => {
  refusals([
    [
      'a recipient that nobody knows',
      { inventory: [['  fal-ai:\n    hosts', '  fal:\n    hosts']] },
      'UNKNOWN_WORD',
      /recipient "fal"/,
      /fal-ai/,
    ],
    [
      'a category that the recipient does not receive',
      { inventory: [[listed, listed.replace('generation.prompt', 'account.contact')]] },
      'CATEGORY_UNDECLARED',
      /fal-ai.*account.contact/,
      /generation.prompt/,
    ],
    [
      'a path that a language takes for something else',
      { inventory: [['      seed: generation.settings', '      __proto__.seed: generation.settings']] },
      'WRONG_SHAPE',
      /path/,
      /names with dots/,
    ],
    [
      'an address without a store that serves it',
      { inventory: [['media: url }', 'media: url, file: elsewhere }']] },
      'UNKNOWN_WORD',
      /file store "elsewhere"/,
      /media/,
    ],
    [
      'a store for what is no address',
      { inventory: [['media: bytes }', 'media: bytes, file: media }']] },
      'WRONG_SHAPE',
      /only an address/,
      /url/,
    ],
    [
      'a value that is said to hold others',
      {
        inventory: [
          ['      seed: generation.settings', '      seed: generation.settings\n      seed.low: generation.settings'],
        ],
      },
      'RULE_CONTRADICTORY',
      /"seed" is a value/,
      /single values/,
    ],
    [
      'a host with its scheme',
      { inventory: [['hosts: [fal.run', 'hosts: ["https://fal.run"']] },
      'WRONG_SHAPE',
      /host name/,
      /https/,
    ],
  ]);
});
