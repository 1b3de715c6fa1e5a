import type { PolicyChange } from '@kept/core';
import type { Io } from './io.ts';
import { columns, harmless, paint, plural, type Tone } from './output.ts';

type Change = Pick<PolicyChange, 'rule' | 'clause' | 'text' | 'direction' | 'material'>;

const TONES: Readonly<Record<Change['direction'], Tone>> = { loosens: 'bad', tightens: 'good', neither: 'strong' };

export interface ChangeCounts {
  readonly changes: number;
  readonly loosening: number;
  readonly tightening: number;
  readonly material: number;
}

export function countsOf(changes: readonly Change[]): ChangeCounts {
  return {
    changes: changes.length,
    loosening: changes.filter(({ direction }) => direction === 'loosens').length,
    tightening: changes.filter(({ direction }) => direction === 'tightens').length,
    material: changes.filter(({ material }) => material).length,
  };
}

/** Two lines a change: what it does to people and where it stands, then what it says. */
export function changesText(changes: readonly Change[], io: Io): string {
  const lines = changes.map(({ direction, material, rule, clause, text }) => {
    const where = columns([[material ? 'material' : 'immaterial', rule, clause]]);
    return `${paint(io, TONES[direction], direction)}  ${where}  ${harmless(text)}\n`;
  });
  const { loosening, tightening, material } = countsOf(changes);
  const sum = `${plural(changes.length, 'change')}: ${loosening} loosening, ${tightening} tightening, ${material} material\n`;
  return `${lines.join('')}${sum}`;
}
