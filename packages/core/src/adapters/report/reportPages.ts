import { readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { ReportWords, ReportWriter } from '../../engine/ports/reportWriter.ts';
import { isKeptError } from '../../kernel/keptError.ts';
import { noticeWords } from '../../kernel/notice/noticeWords.ts';
import { linked } from '../notice/linked.ts';
import { loadNoticeWords } from '../notice/loadNotice.ts';
import { policyFile } from '../policy/policyFile.ts';
import { yamlSource } from '../policy/yamlSource.ts';

const FALLBACK = 'en';

/** Reports as pages of HTML by `documents/access.html.hbs`, their sentences out of `policies/reports` and `policies/notices`. */
export function reportPages(): ReportWriter {
  let template: Promise<(report: object) => string> | undefined;
  const words = new Map<string, Promise<ReportWords>>();
  return {
    words(language) {
      const known = words.get(language) ?? wordsIn(language);
      words.set(language, known);
      return known;
    },
    async page(report) {
      template ??= compiled();
      return (await template)(report);
    },
    // Numbers stay numbers, also where they are negative.
    csv: (rows) =>
      stringify(
        rows.map((row) => [...row]),
        { escape_formulas: true, cast: { number: numeral, bigint: numeral } },
      ),
  };
}

function numeral(value: number | bigint): { value: string; escape_formulas: false } {
  return { value: String(value), escape_formulas: false };
}

async function compiled(): Promise<(report: object) => string> {
  const { default: Handlebars } = await import('handlebars');
  const file = new URL('../../../documents/access.html.hbs', import.meta.url);
  const engine = Handlebars.create();
  engine.registerHelper({ linked: linked(engine) });
  const template = engine.compile(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'), { strict: false });
  return (report) =>
    `${template(report)
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()}\n`;
}

async function wordsIn(language: string): Promise<ReportWords> {
  try {
    const path = await policyFile('language', 'reports', language, '.yaml');
    const report = noticeWords((await yamlSource(path, `reports/${language}.yaml`)).data);
    return { report, notice: await loadNoticeWords(language) };
  } catch (error) {
    if (language === FALLBACK || !isKeptError(error) || error.code !== 'POLICY_FILE_NOT_FOUND') throw error;
    return wordsIn(FALLBACK);
  }
}
