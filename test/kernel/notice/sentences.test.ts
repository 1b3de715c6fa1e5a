import { expect, test } from '@jest/globals';
import { loadNoticeWords } from '../../../packages/core/src/adapters/notice/loadNotice.ts';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegime } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import { composeNotice } from '../../../packages/core/src/kernel/notice/composeNotice.ts';
import type { Row, Statement } from '../../../packages/core/src/kernel/notice/noticeDocument.ts';
import { noticeLabels } from '../../../packages/core/src/kernel/notice/noticeLabels.ts';
import type { Policy, RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';
import { covers } from '../../../packages/core/src/kernel/policy/vocabulary.ts';
import { packs } from '../../policies/packs.ts';

const english = await loadNoticeWords('en');
const gdpr = await loadRegime('eu-gdpr');
const sdance = await loadPack('sdance-ai');
const NOW = new Date('2026-03-02T12:00:00Z');
const studio = await loadPack('stripe-paypal-studio');

/** What a notice says of a rule: a sentence, or the cells of its row. */
function saidOf(policy: Policy, rule: string): { readonly text: string; readonly marks: readonly string[] } {
  const { sections } = composeNotice(policy, gdpr, english, noticeLabels(policy));
  const all = sections.flatMap(({ statements, table }): (Statement | Row)[] => [...statements, ...(table?.rows ?? [])]);
  const found = all.filter((one) => one.rule === rule);
  expect(found.length).toBeGreaterThan(0);
  const text = found.map((one) => ('text' in one ? one.text : one.cells.join('; '))).join('; ');
  return { text, marks: found.flatMap(({ marks }) => marks) };
}

function withRetention(policy: Policy, id: string, change: Partial<RetentionRule>): Policy {
  return { ...policy, retention: policy.retention.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) };
}

test.each(packs)(
  '%s says of each limit of use which purposes may use the data, as the engine decides',
  async (pack) => {
    const policy = await loadPack(pack);
    const nobody = { consents: [], objections: [], restricted: false, held: false };
    for (const rule of policy.retention.filter(({ onlyFor }) => onlyFor !== undefined)) {
      const covered = policy.categories.filter(({ name }) => rule.covers.some((word) => covers(word, name)));
      const permitted = policy.purposes.filter(({ name: purpose, aggregate }) =>
        covered.some(({ name: category }) => {
          const asked = { purpose, category, ...(aggregate && { group: aggregate.minimumGroup }) };
          return decide(policy, nobody, asked, NOW).outcome === 'permitted';
        }),
      );
      const text = saidOf(policy, `retention.${rule.id}`).text;
      const said = text.slice(text.indexOf('used for nothing but this: '));
      const wider = (purpose: string): boolean =>
        rule.onlyFor?.some((word) => covers(word, purpose) && policy.purposes.every(({ name }) => name !== word)) ??
        false;
      for (const { name, label } of policy.purposes) {
        const isPermitted = permitted.some((one) => one.name === name);
        if (!wider(name)) expect([rule.id, label, said.includes(label)]).toEqual([rule.id, label, isPermitted]);
      }
    }
  },
);

test('a limit of use is said, and only where there is one', () => {
  expect(saidOf(sdance, 'retention.api-logs').text).toContain(
    'used for nothing but this: Improve the service; Find and mend faults; Authenticate API requests',
  );
  expect(saidOf(sdance, 'retention.account').text).not.toContain('used for nothing but this');
});

test('what waits for a yes within a purpose that does not is said with its ground', () => {
  expect(saidOf(sdance, 'purposes.improvement').text).toContain('only with your consent for this: Generations');
  expect(saidOf({ ...sdance, consents: [] }, 'purposes.improvement').text).not.toContain('consent');
  for (const rule of ['purposes.improvement.debugging', 'purposes.training'])
    expect(saidOf(sdance, rule).text).not.toContain('only with your consent');
});

test('a category that is always denied is refused and kept nowhere', async () => {
  const seedream = await loadPack('seedream4');
  expect(saidOf(seedream, 'categories.payment.card').text).toMatch(/; refused; nowhere$/);
  expect(saidOf({ ...seedream, never: [] }, 'categories.payment.card').text).not.toMatch(/refused; nowhere/);
  expect(saidOf(await loadPack('seedance25'), 'categories.account.contact').text).not.toContain('nowhere');
});

test('a recipient for a purpose that has others below it is named with all of these', async () => {
  const { text } = saidOf(await loadPack('seedance25'), 'recipients.analytics');
  for (const purpose of ['Measuring by cookies', 'How visitors use the service', 'How people find the service'])
    expect(text).toContain(purpose);
});

test('a provider of models trains on nothing, or says that it does where it may', () => {
  const [fal] = sdance.recipients.filter(({ kind }) => kind === 'model-provider');
  const named = (change: object): string =>
    saidOf(
      { ...sdance, recipients: [{ ...(fal as Policy['recipients'][number]), ...change }] },
      `recipients.${fal?.name}`,
    ).text;
  expect(named({ trainsOnData: false })).toContain('may not train its models on it');
  expect(named({ trainsOnData: true })).toContain('may train its models on it, if you allow that');
  expect(named({ kind: 'payment', trainsOnData: false })).not.toContain('train');
});

test('the operator of the models receives nothing exactly where no provider of models is listed', () => {
  const notice = { ...sdance.notice, poweredBy: { operator: 'Modelhouse', clause: 'sdance-ai.recipient.models' } };
  const lines = (policy: Policy): string => saidOf(policy, 'notice.powered-by').text;
  expect(lines({ ...sdance, notice })).toBe('The service runs on models of Modelhouse.');
  const unlisted = sdance.recipients.filter(({ kind }) => kind !== 'model-provider');
  expect(lines({ ...sdance, notice, recipients: unlisted })).toMatch(/is not listed and therefore receives nothing\.$/);
});

test('a list of recipients is called whole where everybody else is denied, and only there', () => {
  const never = sdance.never.filter(({ unlisted }) => !unlisted.includes('recipients'));
  expect(saidOf(sdance, 'never.unlisted-recipient').text).toContain('The list is whole');
  expect(saidOf({ ...sdance, never }, '').text).toContain('These receive data.');
  expect(saidOf({ ...sdance, never }, '').text).not.toContain('The list is whole');
});

test('exceptions from a promise are named, and where none is named there is none', () => {
  const [sale] = sdance.never;
  const said = (exceptions: readonly string[]): string =>
    saidOf({ ...sdance, never: [{ ...(sale as Policy['never'][number]), exceptions }] }, `never.${sale?.name}`).text;
  expect(said(['creem'])).toContain('Excepted are Creem.');
  expect(said([])).toContain('so there are none');
});

test('plans have their own periods, and the time after a change to a shorter one carries its own mark', () => {
  const rule = studio.retention.find(({ tiers }) => tiers?.grace) as RetentionRule;
  const tiers = rule.tiers as NonNullable<RetentionRule['tiers']>;
  const grace = tiers.grace as NonNullable<typeof tiers.grace>;
  const written = (from: 'notice' | 'operator'): ReturnType<typeof saidOf> =>
    saidOf(
      withRetention(studio, rule.id, {
        keep: { ...rule.keep, from: 'notice' },
        tiers: { ...tiers, from: 'notice', grace: { ...grace, keep: 'P9D', from } },
      }),
      `retention.${rule.id}`,
    );
  expect(written('notice').text).toContain('after a change to a shorter period, 9 days more');
  expect(written('notice').text).toContain('1 year where your plan is pro');
  expect([written('notice').marks, written('operator').marks]).toEqual([[], ['chosen']]);
});
