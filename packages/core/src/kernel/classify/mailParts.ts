import { addressIn } from './sentences.ts';

/** A stretch of a mail and whose words it holds. Nothing is ever cut away: a request inside a quotation is still found. */
export interface MailPart {
  readonly kind: 'own' | 'quoted' | 'forwarded' | 'signature';
  readonly text: string;
  /** Address of whoever is quoted, where the mail says so. */
  readonly author?: string;
}

type Kind = MailPart['kind'];
const ORIGINAL = /^-{2,}\s*original message\s*-{2,}$/i;
const FORWARDED = /^(?:-{2,}\s*forwarded message\s*-{2,}|begin forwarded message:)$/i;
const HEADER = /^[>*\s]*(?:from|sent|date|to|cc|reply-to):/i;
const DEVICE = /^(?:sent|get) (?:from|via|outlook) .{0,60}$/i;
/** Longer lines are prose, whatever they begin with. */
const LONGEST_MARK = 400;

/** Tells the writer's words from quoted, forwarded and signature lines. Linear in the text. */
export function mailParts(text: string): MailPart[] {
  const parts: { kind: Kind; lines: string[]; author?: string }[] = [];
  /** What every line is from here to the end, once a mark without an end was seen. */
  let rest: Kind | undefined;
  let author: string | undefined;
  const put = (kind: Kind, line: string): void => {
    const last = parts.at(-1);
    if (last?.kind === kind && last.author === author) last.lines.push(line);
    else parts.push({ kind, lines: [line], ...(kind !== 'own' && author !== undefined && { author }) });
  };

  const lines = text.split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const mark = line.length > LONGEST_MARK ? '' : line.trim();
    const attribution = attributionAt(lines, at);
    if (attribution) {
      author = attribution.author;
      at += attribution.lines - 1;
      // Mail programs that mark quoted lines with > let the writer go on below; the others quote to the end.
      if (!lines.slice(at + 1, at + 4).some((next) => next.startsWith('>'))) rest = 'quoted';
    } else if (FORWARDED.test(mark)) {
      rest = 'forwarded';
      author = headerAuthor(lines, at + 1);
    } else if (ORIGINAL.test(mark) || (mark !== '' && startsHeaderBlock(lines, at, mark))) {
      rest = rest === 'forwarded' ? rest : 'quoted';
      author = headerAuthor(lines, at);
    } else if (rest === undefined && /^--\s?$/.test(line)) rest = 'signature';
    else if (HEADER.test(mark) && rest !== undefined && rest !== 'signature') continue;
    else if (DEVICE.test(mark)) continue;
    else if (/^\s{0,3}>/.test(line)) put(rest === 'forwarded' ? rest : 'quoted', line.replace(/^[\s>]+/, ''));
    else put(rest ?? 'own', line);
  }
  return parts.map(({ lines, ...part }) => ({ ...part, text: lines.join('\n') }));
}

/** "On <date>, <somebody> wrote:", which mail programs break over up to three lines. */
function attributionAt(lines: readonly string[], at: number): { author?: string; lines: number } | undefined {
  const first = lines[at] ?? '';
  if (!/^\s{0,3}(?:>\s?)*on\b/i.test(first) || first.length > LONGEST_MARK) return undefined;
  let joined = '';
  for (let count = 1; count <= 3; count += 1) {
    joined += ` ${(lines[at + count - 1] ?? '').slice(0, LONGEST_MARK)}`;
    if (!/wrote:\s*$/.test(joined)) continue;
    const author = addressOf(joined);
    return { ...(author !== undefined && { author }), lines: count };
  }
  return undefined;
}

/** "From:" with another header line right below. */
function startsHeaderBlock(lines: readonly string[], at: number, mark: string): boolean {
  return /^[>*\s]*from:/i.test(mark) && HEADER.test((lines[at + 1] ?? '').slice(0, LONGEST_MARK));
}

function headerAuthor(lines: readonly string[], at: number): string | undefined {
  const from = lines.slice(at, at + 6).find((line) => /^[>*\s]*from:/i.test(line));
  return from === undefined ? undefined : addressOf(from.slice(0, LONGEST_MARK));
}

function addressOf(text: string): string | undefined {
  for (const chunk of text.split(/[\s<>()[\]]+/)) {
    const address = chunk.includes('@') ? addressIn(chunk) : undefined;
    if (address !== undefined) return address;
  }
  return undefined;
}
