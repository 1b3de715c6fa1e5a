import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { members } from '../../packages/core/src/adapters/http/members.ts';
import { read } from './sources.ts';

interface Described {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly operationId: string;
          readonly requestBody: {
            readonly content: { readonly 'application/json': { readonly schema: { readonly properties: object } } };
          };
        };
      }
    >
  >;
  readonly components: Readonly<Record<string, object>>;
}

const text = read('docs/guides/data-elsewhere.openapi.yaml');
const described = parse(text) as Described;

test('the description of the protocol has each power that is asked for, with what it takes, and no other', () => {
  const written = Object.entries(described.paths).map(([path, { post }]) => {
    const { properties } = post.requestBody.content['application/json'].schema;
    return [path, post.operationId, Object.keys(properties)];
  });
  const asked = Object.entries(members).map(([name, { takes }]) => [`/${name}`, name, takes]);
  expect(written).toEqual(asked);
});

test('all that it refers to is there', () => {
  const named = [...text.matchAll(/#\/components\/(\w+)\/(\w+)/g)];
  expect(named.length).toBeGreaterThan(100);
  for (const [, section = '', name = ''] of named) expect(described.components[section]).toHaveProperty(name);
});
