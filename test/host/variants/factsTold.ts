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

/** What the policy decides on the uses of a fact, for somebody who said nothing; as the fact has it: permitted, then forbidden. */
export async function decidedBy({ kept }: House, subject: string, { permits, denies }: Fact): Promise<string[]> {
  const uses = [permits, denies].flatMap((use) => (use ? [use] : []));
  const outcomes = uses.map(async ([purpose, category, recipient]) => {
    const passed = recipient === undefined ? {} : { recipient, generation: 'g-1' };
    return (await kept.decide({ subject, purpose, category, ...passed })).outcome;
  });
  return Promise.all(outcomes);
}
