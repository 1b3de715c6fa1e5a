import { basename, join } from 'node:path';
import { casesShape, type WrittenCase, type WrittenFacts } from '../../kernel/cases/casesShape.ts';
import type { PolicyCase } from '../../kernel/cases/decideCase.ts';
import type { ConsentEvent, Facts } from '../../kernel/decision.ts';
import { isMapping } from '../../kernel/policy/shape.ts';
import type { Mistake } from '../../kernel/policy/source.ts';
import { below, inOrder, mistake, type Spot, spotOf } from '../../kernel/policy/spot.ts';
import { loadVocabulary } from './loadVocabulary.ts';
import { packDir } from './packDir.ts';
import { PolicyInvalid } from './policyInvalid.ts';
import { yamlSource } from './yamlSource.ts';

/**
 * The decision table of a pack and the instant it is asked at.
 * @throws KeptError POLICY_NOT_FOUND, POLICY_INVALID with all `mistakes`
 */
export async function loadCases(
  nameOrDir: string,
): Promise<{ readonly now: Date; readonly cases: readonly PolicyCase[] }> {
  const dir = packDir(nameOrDir);
  const source = await yamlSource(join(dir, 'cases.yaml'), `${basename(dir)}/cases.yaml`);
  const mistakes: Mistake[] = [...source.mistakes];
  const spot = spotOf(source, mistakes);
  const written = isMapping(source.data) ? source.data : {};

  const now = new Date(typeof written.now === 'string' ? written.now : Number.NaN);
  if (Number.isNaN(now.getTime())) {
    mistake(below(spot, 'now'), 'WRONG_DATE', 'the table needs an instant', 'write now: "2026-03-02T12:00:00Z"');
  }
  const at = below(spot, 'cases');
  const rows = casesShape(await loadVocabulary())(written.cases, at) ?? [];
  const cases = rows.map((row, index) => caseOf(row, now, below(at, index)));
  if (mistakes.length > 0) throw new PolicyInvalid(nameOrDir, inOrder(mistakes));
  return { now, cases };
}

function caseOf({ facts, question, record, erasure, ...row }: WrittenCase, now: Date, spot: Spot): PolicyCase {
  if (record !== undefined) return { ...row, asks: { of: 'record', record } };
  if (erasure !== undefined) return { ...row, asks: { of: 'erasure', erasure } };
  const use = question ?? { purpose: '', category: '' };
  return { ...row, asks: { of: 'use', facts: factsOf(facts ?? {}, now, below(spot, 'facts')), question: use } };
}

function factsOf({ consents = [], objections = [], ...rest }: WrittenFacts, now: Date, spot: Spot): Facts {
  const at = new Date(now.getTime() - 86_400_000);
  return {
    restricted: false,
    held: false,
    ...rest,
    consents: consents.flatMap((text, index) => consentOf(text, below(spot, 'consents', index)) ?? []),
    objections: objections.map((purpose) => ({ purpose, at })),
  };
}

/** Reads `flag=given@DAY`, as the command line does. */
function consentOf(text: string, spot: Spot): ConsentEvent | undefined {
  const [, flag, what, day] = /^([^=]+)=(given|withdrawn)@(.+)$/.exec(text) ?? [];
  const at = new Date(day ?? Number.NaN);
  if (flag !== undefined && !Number.isNaN(at.getTime())) return { flag, what: what as ConsentEvent['what'], at };
  const remedy = 'write flag=given@YYYY-MM-DD or flag=withdrawn@YYYY-MM-DD';
  return mistake(spot, 'WRONG_SHAPE', `"${text}" is no consent`, remedy);
}
