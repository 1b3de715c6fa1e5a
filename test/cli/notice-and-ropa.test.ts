import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask } from './ask.ts';

const PACK = path.join(import.meta.dirname, '../../policies/sdance-ai');
let folder: string;

beforeAll(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'kept-notice-')), 'own');
  await cp(PACK, folder, { recursive: true });
});
afterAll(() => rm(path.dirname(folder), { recursive: true, force: true }));

describe('kept notice', () => {
  test('writes a page that needs nothing beside it, in the language that was asked for', async () => {
    const { code, out, err } = await ask(['notice', 'sdance-ai', '--lang', 'de']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^<!doctype html>\n<html lang="de">/);
    expect(out).toContain('höchstens 30 Tage nach der Generierung');
    expect(out).not.toMatch(/<(?:script|link|img)\b|@import|url\(/);
  });

  test('writes Markdown where it is asked for, each statement with its clause', async () => {
    const { code, out } = await ask(['notice', 'sdance-ai', '--format', 'md']);
    expect(code).toBe(0);
    expect(out).toMatch(/^# Privacy notice of Sdance AI\n/);
    expect(out).toMatch(/at most 30 days after generation.*`sdance-ai\.retention\.videos-30-days`/);
  });

  test('is one JSON document for machines', async () => {
    const { code, json } = await ask(['notice', 'sdance-ai', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ pack: 'sdance-ai', language: 'en', sections: expect.any(Array) });
  });

  test('a changed rule changes the notice, and nothing else has to be written', async () => {
    const file = path.join(folder, 'policy.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('keep: { atMost: P30D, from: notice }', 'keep: { atMost: P21D, from: notice }'));
    const { out } = await ask(['notice', folder, '--format', 'md']);
    expect(out).toContain('at most 21 days after generation');
  });

  test('a policy that does not load is said in one line: how many mistakes, and of the first one all', async () => {
    const file = path.join(folder, 'policy.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('atMost: P21D', 'atMost: 21 days'));
    const one = await ask(['notice', folder]);
    await writeFile(file, text.replace('atMost: P21D', 'atMost: 21 days').replace('version: 1', 'version: one'));
    const two = await ask(['notice', folder]);
    await writeFile(file, text);

    expect([one.code, one.out, two.code, two.out]).toEqual([2, '', 2, '']);
    expect(one.err).toMatch(
      /^kept notice: The policy has a mistake: "21 days" is no period\. Where: own\/policy\.yaml:\d+:\d+\. Remedy: write P21D\.\n$/,
    );
    expect(two.err).toMatch(/has 2 mistakes; the first: a whole number is expected here\. Where: /);
  });

  test('labels that nobody translated stand in English and are named', async () => {
    await rm(path.join(folder, 'de.yaml'));
    const { code, out, err } = await ask(['notice', folder, '--lang', 'de']);
    expect(code).toBe(0);
    expect(out).toContain('Generate what was asked for');
    expect(err).toMatch(/^kept notice: \d+ labels stand in English: .*purposes\.service\.generation/);
  });

  test.each([
    [['notice'], /DIR/],
    [['notice', 'sdance-ai', '--lang', 'fr'], /no language "fr"\. Where: --lang\..*de, en/],
    [['notice', 'sdance-ai', '--format', 'pdf'], /no format "pdf"\. Where: --format\..*html, md/],
    [['notice', 'nothing-there'], /nothing-there/],
    [['ropa', 'sdance-ai', '--format', 'xml'], /no format "xml"\. Where: --format\..*csv, jsonld/],
  ])('%j is a wrong question, said in one line', async (argv, said) => {
    const { code, out, err } = await ask(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(said);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('kept ropa', () => {
  test('writes a table, a row for each purpose', async () => {
    const { code, out } = await ask(['ropa', 'sdance-ai']);
    expect(code).toBe(0);
    expect(out).toMatch(/^controller,contact,purpose,legal basis,/);
    expect(out).toContain('"Sdance AI, Germany",support@sdanceai.com,Generate what was asked for,');
  });

  test.each([[['--format', 'jsonld']], [['--json']]])('writes JSON-LD with %j', async (options) => {
    const { code, json } = await ask(['ropa', 'sdance-ai', ...options]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ '@type': 'dpv:ROPA', '@context': { dpv: 'https://w3id.org/dpv#' } });
  });
});
