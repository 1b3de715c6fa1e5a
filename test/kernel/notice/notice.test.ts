import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadNotice, loadNoticeWords } from '../../../packages/core/src/adapters/notice/loadNotice.ts';
import { renderNotice } from '../../../packages/core/src/adapters/notice/renderNotice.ts';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegime } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { composeNotice } from '../../../packages/core/src/kernel/notice/composeNotice.ts';
import type { NoticeDocument, Row, Statement } from '../../../packages/core/src/kernel/notice/noticeDocument.ts';
import { noticeLabels } from '../../../packages/core/src/kernel/notice/noticeLabels.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { rulesOf } from '../../../packages/core/src/kernel/policy/ruleIds.ts';
import { packs } from '../../policies/packs.ts';

const languages = ['en', 'de'];
const english = await loadNoticeWords('en');
const gdpr = await loadRegime('eu-gdpr');
const studio = await loadPack('sdance-ai');

const said = ({ sections }: NoticeDocument): (Statement | Row)[] =>
  sections.flatMap(({ statements, table }) => [...statements, ...(table?.rows ?? [])]);
const written = (policy: Policy): NoticeDocument => composeNotice(policy, gdpr, english, noticeLabels(policy));

describe.each(packs)('the notice of %s', (pack) => {
  test.each(languages)('says every rule and carries every clause, in %s', async (language) => {
    const [policy, notice] = [await loadPack(pack), await loadNotice(pack, language)];
    const rules = new Set(said(notice).map(({ rule }) => rule));
    const clauses = new Set(said(notice).flatMap((one) => one.clauses));
    expect(rulesOf(policy).filter(({ id }) => !rules.has(id))).toEqual([]);
    expect(policy.clauses.filter(({ id }) => !clauses.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test('carries a clause with each statement, but for a change that the text does not promise to tell of', async () => {
    const silent = (await loadPack(pack)).notice.clause === undefined ? ['notice.changes'] : [];
    const bare = said(await loadNotice(pack)).filter(({ clauses }) => clauses.length === 0);
    expect(bare.map(({ rule }) => rule)).toEqual(silent);
  });

  test('has German words for all that the pack says', async () => {
    expect((await loadNotice(pack, 'de')).untranslated).toEqual([]);
  });

  test.each(['html', 'md'] as const)('stands whole in the %s, every clause id with it', async (format) => {
    const notice = await loadNotice(pack);
    const text = await renderNotice(notice, format);
    for (const { id } of (await loadPack(pack)).clauses) expect(text).toContain(id);
    expect(text).not.toMatch(/undefined|\[object|\{\w+\}/);
  });

  test('marks each number that the operator chose, and no other', async () => {
    const policy = await loadPack(pack);
    const marked = said(await loadNotice(pack)).filter(({ marks }) => marks.includes('chosen'));
    const ids = marked.map(({ rule }) => rule).filter((rule) => rule.startsWith('retention.'));
    const chosen = policy.retention.filter(({ keep, grace, otherwise, tiers }) =>
      [keep, grace, otherwise, tiers, tiers?.grace].some((one) => one?.from === 'operator'),
    );
    expect(ids).toEqual(chosen.map(({ id }) => `retention.${id}`));
  });
});

describe('a notice', () => {
  test('states the period that the engine works by, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), (days) => {
        const retention = studio.retention.map((rule) =>
          rule.id === 'generated-videos' ? { ...rule, keep: { ...rule.keep, atMost: `P${days}D` } } : rule,
        );
        const row = said(written({ ...studio, retention })).find(({ rule }) => rule === 'retention.generated-videos');
        expect((row as Row).cells[1]).toMatch(new RegExp(`^at most ${days} days after generation`));
      }),
    );
  });

  test('names a recipient exactly as long as the policy lists it', () => {
    const without = { ...studio, recipients: studio.recipients.filter(({ name }) => name !== 'creem') };
    expect(JSON.stringify(written(studio))).toContain('Creem');
    expect(JSON.stringify(written(without).sections)).not.toContain('Creem');
  });

  test('sdance-ai.notice.third-parties: lists every recipient, with the link to its policy where there is one', () => {
    const line = said(written(studio)).find(({ rule }) => rule === 'notice.third-parties') as Statement;
    for (const { label, terms } of studio.recipients)
      expect(line.text).toContain(terms ? `${label} (${terms})` : label);
  });

  test('says that staff see nothing where no purpose lets them', () => {
    const visibility = { ...(studio.visibility as NonNullable<Policy['visibility']>), staffPurposes: [] };
    const line = said(written({ ...studio, visibility })).find(
      ({ rule }) => rule === 'visibility.default',
    ) as Statement;
    expect(line.text).toMatch(/Our staff does not see it\.$/);
  });

  test('tells of the authority that hears complaints, as long as the law knows one (Art 13(2)(d) GDPR)', () => {
    const told = said(written(studio)).map((one) => ('text' in one ? one.text : ''));
    expect(told).toContain('You can also complain to a data protection authority, whatever we answer (Art 77).');
    const { complaint: _, ...rights } = gdpr.rights;
    const without = composeNotice(studio, { ...gdpr, rights }, english, noticeLabels(studio));
    expect(JSON.stringify(without)).not.toContain('complain to a data protection authority');
  });

  test('calls optional only what a person is asked for', () => {
    const neededOf = (id: string): string | undefined =>
      (said(written(studio)).find(({ rule }) => rule === `categories.${id}`) as Row).cells[2];
    expect(neededOf('account.contact')).toBe('needed to use the service');
    expect(neededOf('account.profile')).toBe('optional');
    expect(neededOf('log.network')).toBe('arises in use');
  });

  test('names the places whose law lets a consent wait for a no, and no law by its id', async () => {
    const placesIn = async (language: string): Promise<string | undefined> => {
      const told = said(await loadNotice('seedream4', language)).find(({ rule }) => rule === 'consents.training');
      return /\(([^)]+)\)/.exec((told as Statement).text)?.[1];
    };
    expect(await placesIn('en')).toMatch(/^Alabama, California, Colorado, .*, New Hampshire, .*, Virginia$/);
    expect(await placesIn('de')).toMatch(/^Alabama, .*, Iowa, Kalifornien, Kentucky, .*, Virginia$/);
  });

  test('cites and sorts as its language does', async () => {
    const text = await renderNotice(await loadNotice('sdance-ai', 'de'), 'md');
    expect(text).toContain('(§147 Abs. 3 und Abs. 4 AO (DE))');
    expect(text).toContain('(Art. 17 Abs. 3 Buchst. b DSGVO)');
    expect(text).toMatch(
      /Bulgarien 14, China 14, Dänemark 15, Deutschland 16, .*Norwegen 16, Österreich 14, Polen 16, Québec 14/,
    );
    expect(text).not.toMatch(/Art \d/);
  });

  test('leaves out sections on which the text says nothing', () => {
    const silent = { ...studio, cookies: [], consents: [] };
    const headings = written(silent).sections.map(({ id }) => id);
    expect(headings).not.toContain('cookies');
    expect(headings).not.toContain('consents');
  });

  test('shows an earlier promise that still binds', () => {
    const earlier = [{ keep: { atMost: 'P30D', from: 'notice' as const }, version: 1, before: '2026-05-01T00:00:00Z' }];
    const retention = studio.retention.map((rule) => (rule.id === 'generated-videos' ? { ...rule, earlier } : rule));
    const row = said(written({ ...studio, retention })).find(
      ({ rule }) => rule === 'retention.generated-videos',
    ) as Row;
    expect(row.cells[1]).toContain('what came before 1 May 2026 at most 30 days until you accept version 2');
  });

  test('takes nothing in a label for markup', async () => {
    const never = [{ ...(studio.never[0] as Policy['never'][number]), label: '<b>never</b> | *ever*' }];
    const notice = written({ ...studio, never });
    expect(await renderNotice(notice, 'html')).toContain('&lt;b&gt;never&lt;/b&gt;');
    expect(await renderNotice(notice, 'md')).toContain('\\<b\\>never\\</b\\> \\| \\*ever\\*');
  });

  test('says which of its words is missing', async () => {
    expect(() => english.say('retention.no-such')).toThrow(
      expect.objectContaining({ code: 'NOTICE_WORDS_INVALID', place: 'notices/en.yaml' }),
    );
    expect(() => english.say('title')).toThrow('title, {controller}');
  });
});
