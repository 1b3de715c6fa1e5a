import { expect, test } from '@jest/globals';
import { holdsIdentifier, identifiersOf } from '../../../packages/core/src/kernel/scan/identifiers.ts';

const OBJECT_ID = '65f0c0ffee65f0c0ffee65f0';
const UUID = '5f0c0ffe-e65f-4c0f-8e65-f05f0c0ffee6';
const identifiers = new Set(
  [OBJECT_ID, UUID, '4711471'].flatMap((subject) => identifiersOf({ subject, addresses: ['mara@example.org'] })),
);

test.each([
  `avatars/${OBJECT_ID}.png`,
  `user_${OBJECT_ID.toUpperCase()}-small.webp`,
  `export-${UUID}.zip`,
  `user_${UUID}`,
  'see mara@example.org.',
  'user:4711471',
])('a key is recognised as part of a name of a file: %s', (text) => {
  expect(holdsIdentifier(text, identifiers)).toBe(true);
});

test.each([`${OBJECT_ID}0`, `x${OBJECT_ID}`, 'order-4711471', 'mara.example.org', '5f0c0ffe-e65f-4c0f'])(
  'and not in what only looks like it: %s',
  (text) => {
    expect(holdsIdentifier(text, identifiers)).toBe(false);
  },
);
