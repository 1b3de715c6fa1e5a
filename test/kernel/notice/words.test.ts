import { expect, test } from '@jest/globals';
import { loadNoticeWords } from '../../../packages/core/src/adapters/notice/loadNotice.ts';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadResidence } from '../../../packages/core/src/adapters/policy/loadResidence.ts';
import { policiesDir } from '../../../packages/core/src/adapters/policy/policiesDir.ts';
import { parseSource, yamlSource } from '../../../packages/core/src/adapters/policy/yamlSource.ts';
import { ruleLabels } from '../../../packages/core/src/kernel/notice/ruleLabels.ts';
import { isMapping } from '../../../packages/core/src/kernel/policy/shape.ts';
import { packs } from '../../policies/packs.ts';

const policy = await loadPack('sdance-ai');
const words = async (language: string): Promise<unknown> =>
  (await yamlSource(policiesDir('notices', `${language}.yaml`), language)).data;
const sentences = (value: unknown, path = ''): [string, string][] =>
  isMapping(value)
    ? Object.entries(value).flatMap(([key, one]) => sentences(one, `${path}.${key}`))
    : [[path, String(value)]];
const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

test('both languages have the same sentences, with the same blanks', async () => {
  const [en, de] = [new Map(sentences(await words('en'))), new Map(sentences(await words('de')))];
  const own = ['.language', '.regime.eu-gdpr'];
  const lacking = [...de.keys()].filter((key) => !en.has(key) && !own.includes(key));
  expect([...en.keys()].filter((key) => !de.has(key)).concat(lacking)).toEqual([]);
  for (const [key, text] of en) expect([key, blanks(de.get(key) ?? '')]).toEqual([key, blanks(text)]);
});

test.each(packs)('%s speaks to the person, not of them, where data comes from them', async (pack) => {
  const { categories } = await loadPack(pack);
  for (const language of ['en', 'de']) {
    const { has } = await loadNoticeWords(language);
    expect(
      categories
        .map(({ source }) => source)
        .filter((source) => /\bthe person\b/.test(source) && !has('sources', source)),
    ).toEqual([]);
  }
});

test.each(packs)('the dates, predicates and traits of %s have words in both languages', async (pack) => {
  const { retention } = await loadPack(pack);
  for (const language of ['en', 'de']) {
    const { has } = await loadNoticeWords(language);
    const anchors = retention.flatMap(({ since, grace, otherwise }) => [since, grace?.since, otherwise?.since]);
    const predicates = retention.flatMap(({ unless }) => unless ?? []);
    const traits = retention.flatMap(({ tiers }) => tiers?.of ?? []);
    expect(anchors.filter((name) => name !== undefined && !has('anchor', name))).toEqual([]);
    expect(predicates.filter((name) => !has('predicate', name))).toEqual([]);
    expect(traits.filter((name) => !has('trait', name))).toEqual([]);
  }
});

test('every state and province with a law of its own has a name in both languages', async () => {
  const states = Object.keys(await loadResidence()).filter((code) => code.includes('-'));
  expect(states.length).toBeGreaterThan(20);
  for (const language of ['en', 'de']) {
    const { has } = await loadNoticeWords(language);
    expect(states.filter((code) => !has('place', code))).toEqual([]);
  }
});

test.each([
  ['label:\n  recipients.creem: Creem\n', 'UNKNOWN_KEY', 'did you mean "labels"?'],
  ['- Creem\n', 'WRONG_SHAPE', 'give labels'],
  ['labels: Creem\n', 'WRONG_SHAPE', 'write name: {…}'],
])('labels that lie elsewhere are a mistake, not English: %j', (text, code, remedy) => {
  expect(ruleLabels(parseSource(text, 'de.yaml'), policy).mistakes).toMatchObject([{ code, line: 1, remedy }]);
});

test('a label of a rule that is not there is a mistake, with its place and the nearest rule', () => {
  const source = parseSource(
    'labels:\n  recipients.crem: Creem\n  retention.payments.ground: Steuerrecht\n',
    'de.yaml',
  );
  const { labels, mistakes } = ruleLabels(source, policy);
  expect(labels['retention.payments.ground']).toBe('Steuerrecht');
  expect(mistakes).toMatchObject([
    { code: 'UNKNOWN_WORD', line: 2, column: 3, remedy: 'did you mean "recipients.creem"?' },
  ]);
});
