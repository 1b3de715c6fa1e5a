import { readFileSync } from 'node:fs';
import type { Mark, NoticeDocument } from '../../kernel/notice/noticeDocument.ts';
import { linked } from './linked.ts';

export type NoticeFormat = 'html' | 'md';

const signs: Readonly<Record<Mark, string>> = { chosen: '†', unverified: '‡' };
const marks = '{{#each marks}}<sup><a href="#{{this}}">{{sign this}}</a></sup>{{/each}}';

/** Writes a notice as a page that needs nothing beside it, or as Markdown. */
export async function renderNotice(notice: NoticeDocument, format: NoticeFormat): Promise<string> {
  // Loaded here, so that questions about a policy do not wait for it.
  const { default: Handlebars } = await import('handlebars');
  const engine = Handlebars.create();
  engine.registerHelper({ sign: (mark: Mark) => signs[mark], cell: markdownCell, linked: linked(engine) });
  engine.registerPartial('marks', marks);
  const template = engine.compile(read(`notice.${format}.hbs`), { noEscape: format === 'md' });
  const written = template(notice);
  return `${written.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}

function read(file: string): string {
  return readFileSync(new URL(`../../../documents/${file}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
}

/** Text in which nothing is taken for a table's edge or for markup. Addresses stay as they are: they become links. */
function markdownCell(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
