import { decide, type Policy } from '@kept/core';
import { type Peer, peers } from './decisions/peers.ts';
import { grown, NOW, type QuestionSet, questionSet } from './decisions/questionSet.ts';
import { type Contender, compare } from './ratio.ts';

const COUNT = 600_000;
/** Decisions in one measured moment: a single one is shorter than the clock can tell. */
const MOMENT = 32;

/** One question set, equal answers: other engines under the same rules, then the same engine under more rules. */
export async function benchDecide(): Promise<void> {
  const set = await questionSet();
  const { policy, questions, people } = set;
  const ours = (one: typeof policy) => (q: number, p: number) => {
    const [question, person] = [questions[q], people[p]];
    if (!question || !person) throw new Error('outside the set');
    const decision = decide(one, person.facts, question, NOW);
    // The reason is read, as whoever asks would.
    return decision.because[0] !== undefined && decision.outcome === 'permitted';
  };
  const kept: Peer = { name: 'decide, with reasons and clauses', share: 1, ask: ours(policy) };
  const others = await Promise.all(peers.map((make) => make(set)));
  for (const peer of others) await demandEqual(set, kept, peer);

  const title = `Decisions (${questions.length} questions about ${people.length} people, equal answers)`;
  await compare(title, 'decisions', [
    ...[...others, kept].map((peer) => contender(set, peer)),
    deciding(set, policy, 'decide, each question to somebody else', true),
  ]);
  for (const peer of [...others.slice(0, 2), kept]) slowest(set, peer);

  const more = [1, 10, 100].map((times) => ({ times, policy: grown(policy, times) }));
  await compare(
    'decide, as rules grow',
    'decisions',
    more.map((one) => {
      const rules = one.policy.purposes.length + one.policy.never.length + one.policy.consents.length;
      return deciding(set, one.policy, `${one.times} x the rules (${rules} of them)`);
    }),
  );
}

function contender({ questions, people }: QuestionSet, { name, share, ask }: Peer): Contender {
  const rounds = Math.ceil(COUNT * share);
  return {
    name,
    async run() {
      let permitted = 0;
      for (let n = 0, q = 0, p = 0; n < rounds; n += 1) {
        const answer = ask(q, p);
        if (typeof answer === 'boolean' ? answer : await answer) permitted += 1;
        q = q + 1 < questions.length ? q + 1 : 0;
        if (q === 0) p = p + 1 < people.length ? p + 1 : 0;
      }
      if (permitted === 0) throw new Error(`${name} permits nothing`);
      return rounds;
    },
  };
}

/**
 * A loop of its own: in one that many share, the call costs as much as a decision. Everybody is asked all questions before the
 * next one is, or, as is worse for the processor's memory, each question goes to somebody else.
 */
function deciding({ questions, people }: QuestionSet, policy: Policy, name: string, isScattered = false): Contender {
  return {
    name,
    run() {
      let read = 0;
      for (let n = 0, q = 0, p = 0; n < COUNT; n += 1) {
        const [question, person] = [questions[q], people[p]];
        if (!question || !person) throw new Error('outside the set');
        if (decide(policy, person.facts, question, NOW).because[0]?.rule) read += 1;
        q = q + 1 < questions.length ? q + 1 : 0;
        if (isScattered || q === 0) p = p + 7 < people.length ? p + 7 : p + 7 - people.length;
      }
      if (read < COUNT) throw new Error(`${name} leaves answers without a reason`);
      return COUNT;
    },
  };
}

async function demandEqual({ questions, people }: QuestionSet, kept: Peer, peer: Peer): Promise<void> {
  const step = peer.share < 0.1 ? 13 : 1;
  for (let p = 0; p < people.length; p += step) {
    for (let q = 0; q < questions.length; q += 1) {
      if (kept.ask(q, p) === (await peer.ask(q, p))) continue;
      throw new Error(`${peer.name} answers question ${q} about person ${p} otherwise`);
    }
  }
}

/** The slowest in a hundred moments, per decision. */
function slowest({ questions, people }: QuestionSet, { name, ask }: Peer): void {
  const times: number[] = [];
  for (let n = 0; n < 20_000; n += 1) {
    const started = performance.now();
    for (let m = 0; m < MOMENT; m += 1) ask((n + m) % questions.length, (n * 7 + m) % people.length);
    times.push(((performance.now() - started) * 1e6) / MOMENT);
  }
  const p99 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
  process.stdout.write(`  ${name.padEnd(44)} p99 ${p99.toFixed(0).padStart(6)} ns a decision\n`);
}
