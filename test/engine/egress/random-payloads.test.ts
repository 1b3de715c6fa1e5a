import { expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import fc from 'fast-check';
import { passBody } from '../../../packages/core/src/engine/egress/passBody.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import { memoryWorld } from './memoryWorld.ts';
import { CANARY, payload, personal } from './payloads.ts';

const ALL = process.env.KEPT_FUZZ === 'all';
const RUNS = ALL ? 100_000 : 2000;
const OCCASION = { subject: String(personal[0]?.value), generation: 'g-1' };

const categories = { prompt: 'generation.prompt', url: 'generation.reference', style: 'generation.settings' };
const fields = [
  { path: 'prompt', category: categories.prompt },
  { path: 'options.style', category: categories.style },
  { path: 'images[].url', category: categories.url },
  { path: 'tags[]', category: categories.style },
];
const rule = { recipient: 'fal-ai', onUnlisted: 'strip', onPersonal: 'strip', hosts: [], fields } as const;
const base = await loadPack('sdance-ai');
const policy = { ...base, inventory: { ...base.inventory, egress: [rule] } };

/** The fuzz is about what comes out, not about the database. */
const world = (): World => memoryWorld(policy, async () => personal);

/** Every path of what came out, lists without their positions. */
function pathsIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [at];
  return Reflect.ownKeys(value).flatMap((key) =>
    pathsIn((value as Record<string | symbol, unknown>)[key], `${at}.${String(key)}`),
  );
}

/** All that a determined reader makes of a text, by other means than the gate's: what any decoder turns it into. */
function readings(text: string, depth = 4): string[] {
  if (depth === 0) return [text];
  const decoded = [
    text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (hit) => Buffer.from(hit.replaceAll('%', ''), 'hex').toString()),
    text.replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, x, code) =>
      String.fromCodePoint(Number.parseInt(code, x ? 16 : 10) % 0x110000),
    ),
    text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
    text.replaceAll('\\"', '"').replaceAll('\\\\', '\\'),
    ...[...text.matchAll(/[\w+/-]{8,}/g)].flatMap(([run]) =>
      [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString()),
    ),
  ].filter((reading) => reading !== text && /[\w@.-]{6}/.test(reading));
  return [text, ...new Set(decoded.flatMap((reading) => readings(reading, depth - 1)))];
}

const wanted = personal.map(({ value }) => String(value).toLowerCase());
const allowed = new Set(['', '.prompt', '.options.style', '.images[].url', '.tags[]']);

test(
  `of ${RUNS} random bodies no field leaves that is not listed, and no value of the person in whatever form`,
  async () => {
    let open = world();
    let round = 0;
    let planted = 0;
    await fc.assert(
      fc.asyncProperty(payload, async (body) => {
        round += 1;
        if (round % 500 === 0) open = world();
        const sent = await passBody(open, 'fal-ai', OCCASION, body);

        expect(pathsIn(sent).filter((path) => !allowed.has(path))).toEqual([]);
        const text = JSON.stringify(sent);
        expect(text).not.toContain(CANARY);
        if (text.includes('[removed]')) planted += 1;
        for (const value of Object.values(sent as object)
          .flat()
          .map((each) => JSON.stringify(each))) {
          const found = readings(JSON.parse(value) === null ? '' : value).map((reading) => reading.toLowerCase());
          expect(wanted.filter((one) => found.some((reading) => reading.includes(one)))).toEqual([]);
        }
      }),
      { numRuns: RUNS, seed: 20260303 },
    );
    expect(planted).toBeGreaterThan(RUNS / 4);
  },
  ALL ? 3_600_000 : 120_000,
);
