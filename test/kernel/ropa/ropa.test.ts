import { describe, expect, test } from '@jest/globals';
import jsonld from 'jsonld';
import { renderRopa } from '../../../packages/core/src/adapters/notice/renderRopa.ts';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { composeRopa } from '../../../packages/core/src/kernel/ropa/composeRopa.ts';
import { packs } from '../../policies/packs.ts';

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

  test('names no recipient for a purpose that it receives nothing for', async () => {
    const { activities } = composeRopa(await loadPack('sdance-ai'));
    const of = (name: string): string[] =>
      activities.find(({ purpose }) => purpose.name === name)?.recipients.map((one) => one.name) ?? [];
    expect(of('service.generation')).toEqual(['fal-ai']);
    expect(of('training')).toEqual([]);
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
