import { describe, expect, test } from '@jest/globals';
import { loadRegister } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { parseSource } from '../../packages/core/src/adapters/policy/yamlSource.ts';
import { registerOf } from '../../packages/core/src/kernel/policy/registerOf.ts';
import type { Mistake } from '../../packages/core/src/kernel/policy/source.ts';

const register = await loadRegister();
const clauses = register.flatMap((pack) => pack.clauses);
const ids = clauses.map((clause) => clause.id);

describe('the register of clauses', () => {
  test('holds every promise of the five notices', () => {
    expect(register.map((pack) => [pack.pack, pack.clauses.length])).toEqual([
      ['seedance25', 35],
      ['sdance-ai', 57],
      ['seedance-api', 18],
      ['seedream4', 15],
      ['stripe-paypal-studio', 30],
    ]);
  });

  test('names each clause once, under its own pack', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const { pack, clauses: own } of register) {
      expect(own.filter(({ id }) => !id.startsWith(`${pack}.`)).map(({ id }) => id)).toEqual([]);
    }
  });

  test('tells of each clause what it promises and what proves it', () => {
    for (const { says, proof } of clauses)
      expect([says.length > 10, proof === 'fact' || proof.length > 10]).toEqual([true, true]);
  });

  test('borrows proofs from clauses that exist', () => {
    const borrowed = clauses.flatMap(({ proof }) => proof.match(/[a-z0-9-]+\.[a-z]+\.[a-z0-9-]+/g) ?? []);
    expect(borrowed.length).toBeGreaterThan(10);
    expect(borrowed.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('knows of a notice that names its last update on which day that was', () => {
    expect(
      register.filter((pack) => pack.lastUpdated !== undefined).map((pack) => [pack.pack, pack.lastUpdated]),
    ).toEqual([['seedance25', '2026-07-02']]);
  });

  test('with a kind that nobody knows, a wrong day and a missing proof is refused, each with its place', () => {
    const text = [
      'packs:',
      '  - pack: shop',
      '    service: A shop',
      '    contact: help@shop.test',
      '    lastUpdated: 2 July 2026',
      '    clauses:',
      '      - { id: shop.right.access, kind: rights, says: A copy. }',
    ].join('\n');
    const mistakes: Mistake[] = [];
    registerOf(parseSource(text, 'register.yaml'), mistakes);
    expect(mistakes.map(({ code, line, column, remedy }) => [code, line, column, remedy])).toEqual([
      ['WRONG_DATE', 5, 5, 'write it as YYYY-MM-DD'],
      ['WRONG_SHAPE', 7, 34, 'did you mean "right"?'],
      ['MISSING_KEY', 7, 9, 'add proof:'],
    ]);
  });
});
