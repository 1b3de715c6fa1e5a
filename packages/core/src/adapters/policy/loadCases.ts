import { basename, join } from 'node:path';
import type { ConsentEvent, Decision, Facts, Question } from '../../kernel/decision.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { packDir } from './packDir.ts';
import { yamlSource } from './yamlSource.ts';

/** One row of a decision table. */
export interface PolicyCase {
  readonly who: string;
  readonly wants: string;
  readonly facts: Facts;
  readonly question: Question;
  readonly outcome: Decision['outcome'];
  /** A clause that must be among the reasons. */
  readonly because: string;
}

interface WrittenCase extends Omit<PolicyCase, 'facts'> {
  readonly facts?: Partial<Omit<Facts, 'consents' | 'objections'>> & { consents?: string[]; objections?: string[] };
}

/** The decision table of a pack and the instant it is asked at. Throws POLICY_NOT_FOUND, CASES_INVALID. */
export async function loadCases(
  nameOrDir: string,
): Promise<{ readonly now: Date; readonly cases: readonly PolicyCase[] }> {
  const dir = packDir(nameOrDir);
  const file = `${basename(dir)}/cases.yaml`;
  const source = await yamlSource(join(dir, 'cases.yaml'), file);
  const written = source.data as { now?: string; cases?: WrittenCase[] } | undefined;
  const now = new Date(written?.now ?? Number.NaN);
  if (!Array.isArray(written?.cases) || Number.isNaN(now.getTime())) {
    throw new KeptError('CASES_INVALID', 'The decision table has no now: or no cases:', {
      place: file,
      remedy: 'give both',
    });
  }
  return { now, cases: written.cases.map((one) => ({ ...one, facts: factsOf(one.facts ?? {}, now, file) })) };
}

function factsOf(
  { consents = [], objections = [], ...rest }: NonNullable<WrittenCase['facts']>,
  now: Date,
  file: string,
): Facts {
  const at = new Date(now.getTime() - 86_400_000);
  return {
    restricted: false,
    held: false,
    ...rest,
    consents: consents.map((text) => consentOf(text, file)),
    objections: objections.map((purpose) => ({ purpose, at })),
  };
}

/** Reads `flag=given@DAY`, as the command line does. */
function consentOf(text: string, file: string): ConsentEvent {
  const [, flag, what, day] = /^([^=]+)=(given|withdrawn)@(.+)$/.exec(text) ?? [];
  const at = new Date(day ?? Number.NaN);
  if (flag === undefined || Number.isNaN(at.getTime())) {
    const remedy = 'write flag=given@YYYY-MM-DD or flag=withdrawn@YYYY-MM-DD';
    throw new KeptError('CASES_INVALID', `"${text}" is no consent`, { place: file, remedy });
  }
  return { flag, what: what as ConsentEvent['what'], at };
}
