import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { StoredRequest } from '@kept/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { unzip, whole } from '../../packages/packing.ts';
import type { Person } from '../../support/people.ts';
import { scene } from '../../support/scene.ts';
import { again, confirmed, mail } from '../case.ts';
import { casework } from '../casework.ts';
import { csvRows } from './copying.ts';

const the = await scene();
const { kept } = the;
const { somebody, lastTo, lettersTo, finish } = casework(() => the);
afterAll(() => the.close());

/** What the person finds in the ZIP files that they fetch. */
async function fetched({ key }: Person, request: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const state = await kept.packages.ofRequest(request);
  if (!state) throw new Error('There is no package');
  const way = { subject: key, id: state.id };
  for (const { number } of state.parts) {
    await kept.packages.ask(way, number);
    const { content } = await kept.packages.download(way, number);
    for (const [name, { bytes }] of await unzip(await whole(content))) found.set(name, bytes);
  }
  return found;
}

async function asked(person: Person, text: string): Promise<StoredRequest> {
  await mail(kept, person.address, text);
  const { _id } = await confirmed(the, kept, person.address);
  await finish();
  return again(kept, _id);
}

describe('a copy by mail', () => {
  test('sdance-ai.right.access: one mail, one click on the link, and the report with all data waits for the person', async () => {
    const mara = await somebody({ videos: 2 });
    const request = await asked(mara, 'Please send me a copy of all my personal data.');
    expect(request).toMatchObject({ right: 'access', status: 'fulfilled' });
    expect(lettersTo(mara.address).at(-1)).toBe('What you asked us for is ready');
    expect(lastTo(mara.address)).toContain('https://sdance.test/privacy');

    const files = await fetched(mara, request._id);
    expect(files.get('index.html')?.toString()).toContain(`You asked Sdance AI on 3 March 2026`);
    expect(JSON.parse(String(files.get('data/users.json')))).toMatchObject([
      { id: mara.key, data: { email: mara.address } },
    ]);
    expect(JSON.parse(String(files.get('data/generations.json')))).toHaveLength(2);
    expect(JSON.parse(String(files.get('kept/requests.json')))).toMatchObject([{ right: 'access', status: 'running' }]);
    expect(String(files.get('kept/conversations.json'))).toContain('a copy of all my personal data');
    expect([...files.keys()].filter((name) => name.endsWith('.mp4'))).toHaveLength(2);
  });

  test('sdance-ai.right.portability: the same by the other right, in JSON and CSV that are valid under the published schema', async () => {
    const noa = await somebody({ videos: 1 });
    const request = await asked(noa, 'Please export my data as JSON so that I can take it to another service.');
    expect(request).toMatchObject({ right: 'portability', status: 'fulfilled' });
    const files = await fetched(noa, request._id);
    const names = [...files.keys()].filter((name) => /^data\/[^.]+\.json$/.test(name));
    expect(names).toContain('data/generations.json');
    for (const name of names) {
      const schema = name.replace('data/', 'schemas/').replace('.json', '.schema.json');
      const text = String(files.get(schema));
      const published = `docs/reference/sdance-ai/schemas/${JSON.parse(text).$id.split(':').at(-1)}.schema.json`;
      expect([name, text === readFileSync(published, 'utf8')]).toEqual([name, true]);

      const { $id } = JSON.parse(text);
      const ajv = new Ajv2020({ strict: true }).addSchema(JSON.parse(text));
      expect([name, ajv.validate($id, JSON.parse(String(files.get(name)))), ajv.errors]).toEqual([name, true, null]);
      const lines = String(files.get(name.replace('.json', '.ndjson')))
        .trimEnd()
        .split('\n');
      for (const line of lines) expect(ajv.validate(`${$id}#/$defs/record`, JSON.parse(line))).toBe(true);
      const rows = csvRows(String(files.get(name.replace('.json', '.csv'))));
      expect(rows).toHaveLength(lines.length);
      for (const row of rows)
        expect([name, ajv.validate(`${$id}#/$defs/row`, row), ajv.errors]).toEqual([name, true, null]);
    }
    expect(files.has('index.html')).toBe(false);
  });

  test('the checksums of the manifest hold for every file', async () => {
    const lea = await somebody({ videos: 1 });
    const { _id } = await asked(lea, 'Please send me a copy of all my personal data.');
    const files = await fetched(lea, _id);
    const text = String(files.get('manifest.json'));
    for (const [name, bytes] of files) {
      if (name === 'manifest.json') continue;
      expect([name, text.includes(createHash('sha256').update(bytes).digest('hex'))]).toEqual([name, true]);
    }
  });

  test('a video that is gone makes the answer a part of one, and the letter says so', async () => {
    const ida = await somebody({ videos: 2 });
    const video = await the.db.collection('generations').findOne({ userId: ida.id });
    await the.media.remove([video?.outputs[0].file]);
    const request = await asked(ida, 'Please send me a copy of all my personal data.');
    expect(request).toMatchObject({ status: 'partly-fulfilled', missing: [expect.stringContaining('One file')] });
    expect(lastTo(ida.address)).toContain('One file');
  });
});
