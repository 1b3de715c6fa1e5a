import { readdirSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { policiesDir } from '../../../packages/core/src/adapters/policy/policiesDir.ts';
import { diffPolicies, UNCOMPARED } from '../../../packages/core/src/kernel/change/diffPolicies.ts';
import type { PolicyChange } from '../../../packages/core/src/kernel/change/policyChange.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { edited, leaves, otherValue, valueAt, without } from './editedPolicy.ts';

const packs: Policy[] = [];

beforeAll(async () => {
  const folders = readdirSync(policiesDir(), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) {
    const isPack = readdirSync(policiesDir(name)).includes('policy.yaml');
    if (isPack) packs.push(await loadPack(name));
  }
});

/** The policy with some of its values replaced and some of its entries taken out. */
const someEdits = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 1, maxLength: 6 });

function editedPolicy(policy: Policy, edits: readonly (readonly [number, number, boolean])[]): Policy {
  return edits.reduce((one, [where, choice, takeOut]) => {
    const paths = leaves(one).filter(
      ([first, ...rest]) => rest.length > 0 && !['vocabulary', ...UNCOMPARED].includes(String(first)),
    );
    const path = paths[where % paths.length] ?? [];
    const home = Array.isArray(valueAt(one, path.slice(0, -1))) ? path : path.slice(0, 2);
    // A rule of a list goes as a whole; half a rule is no policy.
    if (takeOut && Array.isArray(valueAt(one, home.slice(0, -1)))) return without(one, home);
    return edited(one, path, otherValue(one, path, choice));
  }, policy);
}

function packAt(which: number): Policy {
  return packs[which % packs.length] as Policy;
}

/** Where a change stands; a rule that came on one side went on the other. */
function placeOf({ rule, field }: PolicyChange): string {
  return `${rule} ${field ?? ''}`;
}

test('a policy does not differ from itself', () => {
  expect(packs.length).toBeGreaterThan(0);
  for (const policy of packs) expect(diffPolicies(policy, structuredClone(policy))).toEqual([]);
});

test('every value of a compiled policy that changes is reported, but for those that name the version', () => {
  for (const [place, policy] of packs.entries()) {
    const silent = leaves(policy).filter((path, index) => {
      // The words are the same for all of them.
      if (place > 0 && path[0] === 'vocabulary') return false;
      // An empty section has no value; what comes and goes is another test.
      if (path.length === 1 && Array.isArray(valueAt(policy, path))) return false;
      const changed = edited(policy, path, otherValue(policy, path, index));
      return diffPolicies(policy, changed).length === 0;
    });
    expect(silent.map((path) => path.join('.'))).toEqual([...UNCOMPARED]);
  }
});

test('every rule that comes or goes is reported', () => {
  const sections = ['clauses', 'categories', 'purposes', 'recipients', 'consents', 'retention', 'rights', 'cookies'];
  for (const policy of packs) {
    for (const section of [...sections, 'never', 'security'] as (keyof Policy)[]) {
      for (const index of (policy[section] as readonly unknown[]).keys()) {
        const less = without(policy, [section, index]);
        const [went, came] = [diffPolicies(policy, less), diffPolicies(less, policy)];
        expect(went.map(({ section: where, change }) => [where, change])).toEqual([[section, 'removed']]);
        expect(came.map(({ section: where, change }) => [where, change])).toEqual([[section, 'added']]);
      }
    }
  }
});

test('what tightens one way loosens the other way', () => {
  fc.assert(
    fc.property(fc.nat(), someEdits, (which, edits) => {
      const before = packAt(which);
      const after = editedPolicy(before, edits);
      const back = new Set(
        diffPolicies(after, before)
          .filter(({ direction }) => direction === 'loosens')
          .map(placeOf),
      );
      const tightened = diffPolicies(before, after).filter(({ direction }) => direction === 'tightens');
      expect(tightened.filter((change) => !back.has(placeOf(change)))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('two versions are compared the same whatever the order of their rules and keys', () => {
  fc.assert(
    fc.property(fc.nat(), someEdits, (which, edits) => {
      const before = packAt(which);
      const after = editedPolicy(before, edits);
      expect(diffPolicies(before, turnedRound(after))).toEqual(diffPolicies(before, after));
    }),
    { numRuns: 60 },
  );
});

function turnedRound(policy: Policy): Policy {
  const turned = Object.entries(policy).map(([key, value]) => {
    if (!Array.isArray(value)) return [key, value];
    return [key, [...value].reverse().map((rule: object) => Object.fromEntries(Object.entries(rule).reverse()))];
  });
  return Object.fromEntries(turned.reverse()) as Policy;
}
