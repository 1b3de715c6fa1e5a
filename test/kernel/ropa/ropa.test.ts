import { describe, expect, test } from '@jest/globals';
import jsonld from 'jsonld';
import { renderRopa } from '../../../packages/core/src/adapters/notice/renderRopa.ts';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegister } from '../../../packages/core/src/adapters/policy/loadVocabulary.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { composeRopa } from '../../../packages/core/src/kernel/ropa/composeRopa.ts';
import { packs } from '../../policies/packs.ts';

const register = await loadRegister();

/** Expands a document; whatever would be fetched for that is refused. */
async function expanded(text: string): Promise<string> {
  const documentLoader = async (url: string): Promise<never> => {
    throw new Error(`asked the network for ${url}`);
  };
  return JSON.stringify(await jsonld.expand(JSON.parse(text), { documentLoader }));
}

describe.each(packs)('the record of processing activities of %s', (pack) => {
  test('has a row for each purpose, with data, recipients and the end of each category', async () => {
    const policy = await loadPack(pack);
    const { activities } = composeRopa(policy);
    expect(activities.map(({ purpose }) => purpose.name)).toEqual(policy.purposes.map(({ name }) => name));
    for (const { categories, erasure, clauses, purpose } of activities) {
      const kept = categories.filter((name) =>
        policy.categories.some((one) => one.name === name && ['host', 'kept'].includes(one.held)),
      );
      const ended = erasure.flatMap((end) => end.categories);
      expect([purpose.name, kept.filter((name) => !ended.includes(name))]).toEqual([purpose.name, []]);
      expect(clauses.length).toBeGreaterThan(0);
    }
  });

  test('expands as JSON-LD without a network and names DPV terms', async () => {
    const text = await expanded(await renderRopa(await loadPack(pack), 'jsonld'));
    expect(text).toContain('https://w3id.org/dpv#ROPA');
    expect(text).toContain('https://w3id.org/dpv#StorageDuration');
    expect(text).toMatch(/https:\/\/w3id\.org\/dpv\/pd#\w+/);
    expect(text).not.toMatch(/"(dpv|pd|ai|eu-gdpr|eu-aiact|term):/);
  });

  test('carries every clause that is a fact, about data, what it is for, who receives it or what people are told', async () => {
    const { clauses } = register.find((one) => one.pack === pack) ?? { clauses: [] };
    const facts = clauses.filter(({ proof }) => proof === 'fact').map(({ id }) => id);
    expect(facts.length).toBeGreaterThan(0);
    const policy = await loadPack(pack);
    const table = cells(await renderRopa(policy, 'csv')).slice(1);
    const tabled = new Set(table.flatMap((row) => row.at(-1)?.split(' | ') ?? []));
    expect(facts.filter((id) => !tabled.has(id))).toEqual([]);
    const { activity, told } = JSON.parse(await renderRopa(policy, 'jsonld'));
    const linked = new Set([...activity, ...told].flatMap(({ clause }: { clause: string[] }) => clause));
    expect(facts.filter((id) => !linked.has(id))).toEqual([]);
  });

  test('is a table whose rows are all as wide as its head', async () => {
    const rows = cells(await renderRopa(await loadPack(pack), 'csv'));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows).toHaveLength((await loadPack(pack)).purposes.length + 1);
  });
});

describe('a record of processing activities', () => {
  test('gives a spreadsheet no formula to run', async () => {
    const policy = await loadPack('sdance-ai');
    const controller: Policy['controller'] = {
      ...policy.controller,
      name: '=HYPERLINK("https://x.test")',
      contact: '@x',
    };
    const [, row] = cells(await renderRopa({ ...policy, controller }, 'csv'));
    expect(row?.slice(0, 2)).toEqual([expect.stringMatching(/^'=/), expect.stringMatching(/^'@/)]);
  });

  test('says of a period all that moves its end', async () => {
    const storageOf = async (pack: string, rule: string): Promise<object> => {
      const { activity } = JSON.parse(await renderRopa(await loadPack(pack), 'jsonld'));
      const all: { '@id': string }[] = activity.flatMap((one: { storage: object[] }) => one.storage);
      return all.find((one) => one['@id'] === `urn:kept:${pack}:retention.${rule}`) ?? {};
    };
    expect(await storageOf('sdance-ai', 'payments')).toMatchObject({
      atLeast: 'P8Y',
      fromEndOf: 'year',
      since: 'paid',
      from: 'statute',
    });
    expect(await storageOf('sdance-ai', 'generated-videos')).toMatchObject({
      atMost: 'P30D',
      unless: 'saved',
      grace: { atLeast: 'P7D', since: 'unsaved', from: 'operator' },
    });
    const { retention } = await loadPack('stripe-paypal-studio');
    const { id, tiers } = retention.find((rule) => rule.tiers) as (typeof retention)[number];
    expect(await storageOf('stripe-paypal-studio', id)).toMatchObject({
      tier: Object.entries(tiers?.atMost ?? {}).map(([value, atMost]) => ({ trait: tiers?.of, value, atMost })),
    });
  });

  test('says whose data it is, in the table and in JSON-LD', async () => {
    const policy = await loadPack('sdance-ai');
    const [head, row] = cells(await renderRopa(policy, 'csv'));
    expect(row?.[head?.indexOf('data subjects') ?? -1]).toContain('people who use the service');
    const text = await expanded(await renderRopa(policy, 'jsonld'));
    expect(text.split('"urn:kept:term:dataSubject"').length - 1).toBe(policy.purposes.length);
  });

  test('names every recipient in a third country, and where a safeguard is missing says so', async () => {
    const policy = await loadPack('sdance-ai');
    const recipients = policy.recipients.map(({ safeguard, ...rest }) => ({
      ...rest,
      ...(safeguard && rest.name !== 'fal-ai' && { safeguard }),
    }));
    const [head, ...rows] = cells(await renderRopa({ ...policy, recipients }, 'csv'));
    const transfers = rows.map((row) => row[head?.indexOf('third countries and safeguards') ?? -1]).join('\n');
    expect(transfers).toContain('fal: United States, none');
    expect(transfers).toContain('Cloudflare: United States, Standard contractual clauses');
    expect(transfers).not.toContain('Creem');
  });

  test('calls chosen what the notice marks, a number beside the first one too', async () => {
    const [head, ...rows] = cells(await renderRopa(await loadPack('sdance-ai'), 'csv'));
    const row = rows.find((one) => one[head?.indexOf('purpose') ?? -1] === 'Review content for policy and law');
    expect(row?.[head?.indexOf('chosen by the operator') ?? -1]).toContain('Generated videos and audio');
  });

  test('names no recipient for a purpose that it receives nothing for', async () => {
    const { activities } = composeRopa(await loadPack('sdance-ai'));
    const of = (name: string): string[] =>
      activities.find(({ purpose }) => purpose.name === name)?.recipients.map((one) => one.name) ?? [];
    expect(of('service.generation')).toEqual(['fal-ai']);
    expect(of('training')).toEqual([]);

    // Listed for the purpose, and for none of the data that it reaches.
    const policy = await loadPack('sdance-ai');
    const recipients = policy.recipients.map((one) => ({ ...one, categories: ['support'] }));
    const [first] = composeRopa({ ...policy, recipients }).activities;
    expect([first?.purpose.name, first?.recipients]).toEqual(['service.generation', []]);
  });
});

/** RFC 4180, read by its own few rules. */
function cells(csv: string): string[][] {
  const fields = [...csv.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n)/g)];
  const rows: string[][] = [[]];
  for (const [, field = '', end] of fields) {
    rows.at(-1)?.push(field.replace(/^"|"$/g, '').replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
