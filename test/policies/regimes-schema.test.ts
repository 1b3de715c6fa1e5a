import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { regimeIds } from '../../packages/core/src/adapters/policy/loadRegime.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { parseSource } from '../../packages/core/src/adapters/policy/yamlSource.ts';
import { RIGHTS } from '../../packages/core/src/kernel/classify/right.ts';
import { FLOOR_RECORDS, FLOOR_STARTS } from '../../packages/core/src/kernel/clock/regimeDuties.ts';
import { regimeShape } from '../../packages/core/src/kernel/clock/regimeShape.ts';
import { objections, type Schema } from './objections.ts';

const schema = JSON.parse(await readFile(policiesDir('schema', 'regime.schema.json'), 'utf8')) as Schema;

async function dataOf(file: string): Promise<Record<string, unknown>> {
  return parseSource(await readFile(policiesDir('regimes', file), 'utf8'), file).data as Record<string, unknown>;
}

describe('the schema of regimes for editors', () => {
  test('accepts every regime, and what several share but for its names', async () => {
    for (const id of await regimeIds()) {
      expect([id, objections(await dataOf(`${id}.yaml`), schema, schema)]).toEqual([id, []]);
    }
    const shared = objections(await dataOf('shared/us-state.yaml'), schema, schema);
    expect(shared).toEqual(['id', 'name', 'country', 'calendar', 'residents'].map((key) => `$.${key} is missing`));
  });

  test('has every section and every word that the compiler reads, and no other', () => {
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual([...Object.keys(regimeShape), 'law', 'like'].sort());
    expect(schema.$defs?.right?.enum).toEqual(RIGHTS);
    const floor = schema.properties?.retentionFloors?.items?.properties;
    expect([floor?.record?.enum, floor?.runsFrom?.enum]).toEqual([FLOOR_RECORDS, FLOOR_STARTS]);
  });

  test('objects to an unknown key, an unknown right, a missing origin and a country in words', async () => {
    const regime = (await dataOf('uk-gdpr.yaml')) as {
      residents: string[];
      rights: Record<string, unknown>;
      roll: { from?: string };
      fee?: object;
    };
    regime.residents = ['Britain'];
    regime.rights.erasing = regime.rights.erasure;
    regime.fee = {};
    delete regime.roll.from;
    expect(objections(regime, schema, schema).sort()).toEqual([
      '$.fee is unknown',
      '$.residents[0] is misspelt',
      `$.rights.erasing is not one of ${RIGHTS.join()}`,
      '$.roll.from is missing',
    ]);
  });
});
