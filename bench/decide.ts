import { createMongoAbility, subject } from '@casl/ability';
import { decide, type Facts, loadPack } from '@kept/core';
import { compare } from './ratio.ts';

const COUNT = 50_000;
const NOW = new Date('2026-03-03T08:00:00Z');

/** One question set: each purpose of the pack asked of each category, CASL with the same permissions as rules. */
export async function benchDecide(): Promise<void> {
  const policy = await loadPack('sdance-ai');
  const facts: Facts = { consents: [], objections: [], restricted: false, held: false };
  const questions = policy.purposes.flatMap((purpose) =>
    policy.categories.map((category) => ({ purpose: purpose.name, category: category.name })),
  );
  const answers = questions.map((question) => decide(policy, facts, question, NOW).outcome === 'permitted');
  const ability = createMongoAbility(
    questions.filter((_, n) => answers[n]).map(({ purpose, category }) => ({ action: purpose, subject: category })),
  );
  const record = { kind: 'record' };
  const differing = questions.filter(
    ({ purpose, category }, n) => ability.can(purpose, subject(category, { ...record })) !== answers[n],
  );
  if (differing.length > 0) throw new Error(`CASL answers ${differing.length} questions otherwise`);

  const ask = (one: (n: number) => unknown) => (): number => {
    for (let n = 0; n < COUNT; n += 1) one(n % questions.length);
    return COUNT;
  };
  const at = (n: number): (typeof questions)[number] => questions[n] ?? { purpose: '', category: '' };
  const subjects = questions.map(({ category }) => subject(category, { ...record }));
  await compare(`Decisions (${questions.length} questions, equal answers)`, 'decisions', [
    {
      name: '@casl/ability, a bare permission without facts',
      run: ask((n) => ability.can(at(n).purpose, subjects[n] ?? at(n).category)),
    },
    { name: 'decide, with reasons and clauses', run: ask((n) => decide(policy, facts, at(n), NOW)) },
  ]);
}
