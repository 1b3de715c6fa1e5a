import { readdir } from 'node:fs/promises';
import {
  lintCodes,
  loadNotice,
  loadPack,
  loadRegimes,
  loadRegister,
  noticeLanguages,
  recordSchema,
  renderNotice,
  renderRopa,
} from '@kept/core';

/** Every file of docs/reference by its path there, as the rules of the packs have it today. */
export async function referenceFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const [register, languages] = await Promise.all([loadRegister(), noticeLanguages()]);
  const packs = (await packNames()).filter((name) => register.some(({ pack }) => pack === name));

  for (const pack of packs) {
    for (const language of languages) {
      const notice = await loadNotice(pack, language);
      files.set(`${pack}/notice.${language}.html`, await renderNotice(notice, 'html'));
      files.set(`${pack}/notice.${language}.md`, await renderNotice(notice, 'md'));
    }
    const policy = await loadPack(pack);
    files.set(`${pack}/ropa.csv`, await renderRopa(policy, 'csv'));
    files.set(`${pack}/ropa.jsonld`, await renderRopa(policy, 'jsonld'));
    files.set(`${pack}/clauses.md`, clausesOf(policy.clauses, pack));
    for (const collection of policy.inventory.collections) {
      const schema = recordSchema(policy, collection);
      files.set(`${pack}/schemas/${collection.name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
    }
  }
  files.set('lint.md', lintTable());
  files.set('regimes.md', await regimesTable());
  files.set('README.md', index(packs, languages));
  return files;
}

async function packNames(): Promise<string[]> {
  const folders = await readdir(new URL('../policies/', import.meta.url), { withFileTypes: true });
  return folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function clausesOf(clauses: Awaited<ReturnType<typeof loadPack>>['clauses'], pack: string): string {
  const rows = clauses.map(
    ({ id, says, keptBy }) => `| \`${id}\` | ${says} | ${keptBy.map((rule) => `\`${rule}\``).join(' ')} |`,
  );
  return page(`The promises of ${pack} and the rules that keep them`, ['Clause', 'What it promises', 'Kept by'], rows);
}

function lintTable(): string {
  const rows = Object.entries(lintCodes).map(
    ([code, { severity, means }]) => `| \`${code}\` | ${severity} | ${means} |`,
  );
  return page('What `kept lint` finds', ['Code', 'Severity', 'What it means'], rows);
}

async function regimesTable(): Promise<string> {
  const rows = (await loadRegimes()).map(({ id, name, respond, training, children, inForceFrom }) => {
    const length = respond === undefined ? '' : `${lengthOf(respond)}${unread(respond)}`;
    const age = children === undefined ? '' : `${children.minimumAge}${unread(children)}`;
    const from = inForceFrom === undefined ? '' : ` (from ${inForceFrom})`;
    return `| \`${id}\` | ${name}${from} | ${length} | ${age} | ${training.mode}${unread(training)} |`;
  });
  return page('The laws, as `policies/regimes` has them', ['Id', 'Law', 'Answer within', 'Age', 'Training'], rows);
}

function lengthOf(term: object): string {
  const units = { months: 'month', days: 'day', businessDays: 'business day' };
  const [unit, count] = Object.entries(term).find(([key]) => key in units) ?? [];
  return `${count} ${units[unit as keyof typeof units]}${count === 1 ? '' : 's'}`;
}

function unread({ unverified }: { readonly unverified?: true }): string {
  return unverified === true ? ' (unverified)' : '';
}

function index(packs: readonly string[], languages: readonly string[]): string {
  const link = (pack: string, file: string, text: string): string => `[${text}](${pack}/${file})`;
  const rows = packs.map((pack) => {
    const notices = languages.map((language) => link(pack, `notice.${language}.md`, language)).join(', ');
    const pages = languages.map((language) => link(pack, `notice.${language}.html`, language)).join(', ');
    const records = `${link(pack, 'ropa.csv', 'table')}, ${link(pack, 'ropa.jsonld', 'JSON-LD')}`;
    const more = `${link(pack, 'schemas', 'schemas')} | ${link(pack, 'clauses.md', 'clauses')}`;
    return `| ${pack} | ${notices} | ${pages} | ${records} | ${more} |`;
  });
  const head = ['Pack', 'Notice', 'Notice as a page', 'Records of processing', 'Copies of data', 'Promises'];
  const more = '\n[What lint finds](lint.md) · [The laws](regimes.md)\n';
  return `${page('Reference', head, rows)}${more}`;
}

function page(title: string, head: readonly string[], rows: readonly string[]): string {
  const table = [`| ${head.join(' | ')} |`, `|${head.map(() => ' --- |').join('')}`, ...rows].join('\n');
  return `# ${title}\n\nWritten by \`npm run reference\` from the rules; do not edit it by hand.\n\n${table}\n`;
}
