import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { memoryKeys } from '@kept/core';
import { variant as seedance25 } from '../../../examples/video-host/variants/seedance25/index.ts';
import { variant as studio } from '../../../examples/video-host/variants/stripe-paypal-studio/index.ts';
import { accessContents } from '../../../packages/core/src/engine/rights/access/accessContents.ts';
import { portabilityContents } from '../../../packages/core/src/engine/rights/portability/portabilityContents.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import { copyingWorld, type Packed, packed, requestOf } from '../../engine/copies/copying.ts';
import type { Scene } from '../../support/scene.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

function worldFor(the: VariantScene): World {
  return copyingWorld({ ...the, db: the.connection.db, keys: memoryKeys() } as unknown as Scene);
}

const section = (page: string, id: string): string =>
  page.split(`<section id="${id}">`)[1]?.split('</section>')[0] ?? '';
const media = (copy: Packed): string[] => [...copy.files.keys()].filter((name) => /^media\/.*(?<!\.json)$/.test(name));

describe('copies on Seedance 2.5', () => {
  let the: VariantScene;
  beforeAll(async () => {
    the = await openVariant(seedance25);
  });
  afterAll(() => the.close());

  test('seedance25.collects.account: the report shows of each item of the profile where it came from', async () => {
    const users = the.connection.collection('users');
    const by = (source: string) => users.findOne({ 'sources.name': source, closedAt: { $exists: false } });
    for (const source of ['google', 'direct']) {
      const user = await by(source);
      const copy = await packed(accessContents(worldFor(the), requestOf(String(user?._id))));
      const page = copy.text('index.html');
      const row = (field: string): string =>
        /<tr[^>]*><th scope="row">FIELD<\/th>.*?<\/tr>/.source.replace('FIELD', field);
      for (const field of ['email', 'name']) {
        expect([source, field, new RegExp(row(field), 's').exec(page)?.[0]]).toEqual([
          source,
          field,
          expect.stringContaining(`>${source}<`),
        ]);
      }
      expect(copy.json('data/users.json')).toMatchObject([{ data: { sources: { email: source, name: source } } }]);
      // And of the category, whatever a single item says.
      expect(page).toContain('you, or the sign-in provider');
    }
  });

  test('seedance25.collects.generation: prompts, what was uploaded and what was made are in both copies, with their bytes', async () => {
    const generation = await the.connection
      .collection('generations')
      .findOne({ 'references.0': { $exists: true }, 'outputs.0': { $exists: true } });
    const subject = String(generation?.userId);
    const keys = [...(generation?.references ?? []), ...(generation?.outputs ?? [])].map(({ file }) => String(file));
    for (const contents of [accessContents, portabilityContents]) {
      const copy = await packed(contents(worldFor(the), requestOf(subject)));
      const records =
        copy.json<
          { id: string; data: { prompt: string; references: { file: string }[]; outputs: { file: string }[] } }[]
        >('data/generations.json');
      const record = records.find(({ id }) => id === String(generation?._id));
      expect(record?.data.prompt).toBe(generation?.prompt);
      const files = [...(record?.data.references ?? []), ...(record?.data.outputs ?? [])].map(({ file }) => file);
      expect(files).toHaveLength(keys.length);
      for (const [at, file] of files.entries()) {
        const pieces: Uint8Array[] = [];
        for await (const piece of await the.media.read(keys[at] ?? '')) pieces.push(piece);
        expect([file, copy.files.get(file)?.equals(Buffer.concat(pieces))]).toEqual([file, true]);
      }
      expect(media(copy).length).toBeGreaterThanOrEqual(files.length);
    }
  });

  test('seedance25.recipient.ai-provider-terms: the report names the provider, says what for, and links its terms', async () => {
    const copy = await packed(accessContents(worldFor(the), requestOf(the.protagonist.id)));
    const row = /<tr data-rule="recipients\.ai-provider".*?<\/tr>/s.exec(
      section(copy.text('index.html'), 'recipients'),
    );
    for (const said of [
      'AI model provider',
      'Generating what was asked for',
      'may not train its models on it',
      '<a href="https://models.example/privacy">',
    ]) {
      expect(row?.[0]).toContain(said);
    }
  });
});

describe('copies on Stripe PayPal Studio', () => {
  let the: VariantScene;
  beforeAll(async () => {
    the = await openVariant(studio);
  });
  afterAll(() => the.close());

  test('what is known of an upload goes with the file, in the record and in the note beside it (part of stripe-paypal-studio.collects.uploads)', async () => {
    const upload = await the.connection.collection('uploads').findOne({});
    const copy = await packed(accessContents(worldFor(the), requestOf(String(upload?.userId))));
    const record = copy
      .json<{ id: string; data: { file: string } }[]>('data/uploads.json')
      .find(({ id }) => id === String(upload?._id));
    const { size, type } = upload as unknown as { size: number; type: string };
    expect(record?.data).toMatchObject({ size, type });
    expect(copy.files.get(record?.data.file ?? '')?.byteLength).toBeGreaterThan(0);
    expect(copy.json(`${record?.data.file}.json`)).toMatchObject({ data: { size, type } });
  });
});
