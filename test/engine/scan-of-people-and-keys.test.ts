import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadPack, scanData } from '@kept/core';
import { START } from '../support/scene.ts';
import { firstOf, MARA, type ScanScene, scanScene } from './scanScene.ts';

let the: ScanScene;
beforeEach(async () => {
  the = await scanScene();
});
afterEach(() => the.close());

describe('people, where the inventory knows of no data', () => {
  test('are recognised by their key and their addresses, in values, in sentences and in addresses of pages', async () => {
    await the.into(
      'notes',
      { text: 'Wrote to mara.lind@EXAMPLE.org.' },
      { link: 'https://x.test/?to=mara.lind%40example.org&n=1' },
      { by: MARA },
      { key: `user:${MARA}` },
      { [`${MARA}`]: true },
      { text: 'nobody@example.org' },
    );
    await the.into('agendaJobs', { data: { user: MARA } });
    expect((await the.found()).filter((each) => each.startsWith('IDENTIFIER'))).toEqual([
      'IDENTIFIER_UNLISTED agendaJobs.data.user 1',
      'IDENTIFIER_UNLISTED notes.* 1',
      'IDENTIFIER_UNLISTED notes.by 1',
      'IDENTIFIER_UNLISTED notes.key 1',
      'IDENTIFIER_UNLISTED notes.link 1',
      'IDENTIFIER_UNLISTED notes.text 1',
    ]);
  });

  test('are expected where a field has a category, and where records lead to them', async () => {
    await the.into('generations', { userId: MARA, createdAt: START, prompt: 'for mara.lind@example.org' });
    expect(await the.found()).toEqual([]);
  });

  test('a planted value is told of wherever it stands: in the open as an error, under a category for information', async () => {
    await the.into('generations', {
      userId: MARA,
      createdAt: START,
      prompt: 'a Kingfisher-77 at dawn',
      caption: 'kingfisher-77',
    });
    const report = await the.kept.scan.run({ canaries: ['KINGFISHER-77'] });
    expect(report.findings.filter(({ code }) => /CANARY|IDENTIFIER/.test(code))).toMatchObject([
      { code: 'IDENTIFIER_UNLISTED', severity: 'error', where: 'generations.caption', count: 1 },
      { code: 'CANARY_FOUND', severity: 'info', where: 'generations.prompt', count: 1 },
    ]);
    expect((await the.kept.findings.open()).map(({ code }) => code)).not.toContain('CANARY_FOUND');
  });
});

describe('API keys', () => {
  const days = (ago: number): Date => new Date(START.getTime() - ago * 86_400_000);

  test('older than the advised year show as a finding, younger ones do not (part of sdance-ai.security.api-keys-hashed)', async () => {
    const key = { userId: MARA, name: 'a', hash: 'a'.repeat(64) };
    await the.into('apiKeys', { ...key, createdAt: days(10) }, { ...key, createdAt: days(364) });
    expect(await the.found()).toEqual([]);

    await the.into('apiKeys', { ...key, createdAt: days(367) }, { ...key, createdAt: days(900) });
    const report = await the.kept.scan.run();
    expect(firstOf(report, 'KEY_TOO_OLD')).toMatchObject({
      ...{ where: 'apiKeys.createdAt', severity: 'warning', count: 2 },
      clause: 'sdance-ai.security.api-keys-hashed',
    });
  });

  test('whose age nothing tells are a finding too', async () => {
    const policy = await loadPack('sdance-ai');
    const collections = policy.inventory.collections.map((each) => ({ ...each, anchors: {} }));
    const changed = { ...policy, inventory: { ...policy.inventory, collections } };
    const report = await scanData({ policy: changed, data: { db: the.db }, now: START });
    expect(firstOf(report, 'KEY_AGE_UNKNOWN')).toMatchObject({ where: 'apiKeys', severity: 'warning' });
  });
});

describe('recipients', () => {
  const left = (recipient: string, outcome = 'made', service = 'sdance-ai'): object => ({
    service,
    outcome,
    recipient,
    at: START,
  });

  test('sdance-ai.notice.third-parties: to whom data left and whom the notice does not list are a finding, those who got nothing are none', async () => {
    const [{ name: listed } = { name: '' }] = (await loadPack('sdance-ai')).recipients;
    await the.into('kept_disclosures', left(listed), left('no-longer-told'), left('no-longer-told'), left('zealous'));
    await the.into('kept_disclosures', left('refused', 'refused'), left('of-others', 'made', 'seedance25'));
    const { findings } = await the.kept.scan.run();
    expect(findings.filter(({ code }) => code === 'RECIPIENT_UNLISTED')).toMatchObject(
      ['no-longer-told', 'zealous'].map((name) => ({
        ...{ where: `recipients.${name}`, severity: 'error', clause: 'sdance-ai.notice.third-parties' },
      })),
    );
  });
});
