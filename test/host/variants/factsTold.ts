import { expect, test } from '@jest/globals';
import { loadNotice, loadPack } from '@kept/core';
import { renderNotice } from '../../../packages/core/src/adapters/notice/renderNotice.ts';
import { renderRopa } from '../../../packages/core/src/adapters/notice/renderRopa.ts';
import type { House } from './openHouse.ts';

/** Where the clauses of a pack have to be told: texts in which their ids stand. */
export interface FactsTold {
  readonly notice: string;
  readonly register: string;
  readonly table: string;
  /** Of a real person, out of the package that they fetched. */
  readonly report: string;
}

/** The notice and the register as they are published, and the report that somebody got who asked for it by mail. */
export async function factsTold(house: House, address: string): Promise<FactsTold> {
  const { pack } = house.kept.policy;
  const policy = await loadPack(pack);
  await house.write(address, 'Please send me a copy of all my personal data.');
  await house.confirm(address);
  return {
    notice: await renderNotice(await loadNotice(pack), 'html'),
    register: await renderRopa(policy, 'jsonld'),
    table: await renderRopa(policy, 'csv'),
    report: (await house.fetched({ address })).text('index.html'),
  };
}

/** In which of them a clause stands. */
export function toldIn(told: FactsTold, clause: string): string[] {
  const whole = new RegExp(`${clause.replaceAll('.', '\\.')}(?![\\w.-])`);
  return Object.entries(told).flatMap(([where, text]) => (whole.test(text) ? [where] : []));
}

/** A fact that a notice states, with uses of data that it permits and others that it does not, where it is about use. */
export interface Fact {
  readonly clause: string;
  readonly permits?: Use;
  readonly denies?: Use;
}

type Use = readonly [purpose: string, category: string, recipient?: string];

/** What facts are held against: all texts, and what is decided for the person, who said nothing. */
export interface FactsStage {
  readonly house: House;
  readonly told: FactsTold;
  readonly subject: string;
}

/** A test for each fact: that every text says it, and that the policy permits and denies the uses of data that it names. */
export function factsHold(facts: readonly Fact[], stage: () => FactsStage): void {
  test.each(facts)('$clause: the notice, the register and the report that a person got say it', async (fact) => {
    const { house, told, subject } = stage();
    const { clause, permits, denies } = fact;
    expect(toldIn(told, clause)).toEqual(['notice', 'register', 'table', 'report']);
    for (const [use, outcome] of [[permits, 'permitted'] as const, [denies, 'forbidden'] as const])
      if (use) expect([use, await decided(house, subject, use)]).toEqual([use, outcome]);
  });
}

async function decided({ kept }: House, subject: string, [purpose, category, recipient]: Use): Promise<string> {
  const passed = recipient === undefined ? {} : { recipient, generation: 'g-1' };
  return (await kept.decide({ subject, purpose, category, ...passed })).outcome;
}
