import {
  BREAK,
  CLASSES,
  classAt,
  DASH,
  DOT,
  ESCAPE,
  isDigit,
  OTHER,
  PLUS,
  QUOTE,
  SLASH,
  SPACE,
  UNDERSCORE,
} from './characterClass.ts';

/**
 * How separators are written where they may not stand as they are: in URLs (`%`, itself escaped any number of times), quoted-printable
 * (`=`), JSON (`\`, itself escaped any number of times or as `%5c`) and HTML.
 */
const ESCAPES: readonly (readonly [kind: number, form: RegExp])[] = [
  [SPACE, form`%(?:20|09|a0|c2%a0|e2%80%(?:8[0-f]|af)|e2%81%a0)|=(?:20|09|a0|c2=a0|e2=80=(?:8[0-f]|af))`],
  [SPACE, form`\\(?:t|x20|xa0|u0020|u0009|u00a0|u00ad|u200\w|u202f|u2060|u3000|ufeff)|<wbr ?\/?>`],
  [
    SPACE,
    form`&(?:nbsp|thinsp|ensp|emsp|shy|zwnj|zwj|tab|#0*(?:32|9|160|173|8201|8203|8239)|#x0*(?:20|9|a0|ad|200\w|202f));`,
  ],
  [BREAK, form`(?:=|%3d)(?:\r?\n|(?:\\r)?\\n|(?:%0d)?%0a)|[%=]0[ad]|\\(?:[nr]|u000[ad]|x0[ad])|<br ?\/?>`],
  [BREAK, form`&(?:newline|#0*1[03]|#x0*[ad]);`],
  [DASH, form`[%=]2d|%e2%80%9[0-5]|=e2=80=9[0-5]|\\(?:u002d|x2d|u201[0-5])`],
  [DASH, form`&(?:[nm]dash|hyphen|dash|minus|#0*(?:45|8209|8211|8212)|#x0*(?:2d|201[0-5]));`],
  [DOT, form`[%=]2e|%c2%b7|&(?:middot|#183|#46);`],
  [SLASH, form`[%=]2f|\\\/`],
  [UNDERSCORE, form`[%=]5f`],
  [PLUS, form`%2b`],
  [QUOTE, form`%3e|&gt;`],
];

/** What each of them begins with, so that one look settles most places. */
const ANY = form`[%=](?:[02][0-9a-f]|5f|a0|c2|e2|3[de]|[\r\n%]|\\)|\\[nrtux/]|&[#a-z]|<[bw]`;

/** A pattern in which `%` and a backslash stand for themselves however often they are escaped. */
function form({ raw: [pattern = ''] }: TemplateStringsArray): RegExp {
  const source = pattern.replaceAll('[%=]', '(?:%|=)').replaceAll('\\\\', '(?:\\\\|%5c)+').replaceAll('%', '%(?:25)*');
  return new RegExp(source, 'iy');
}

/** The most separators between two digits on one line, and where a line breaks between them: it may be indented or quoted. */
const MOST = 4;
const MOST_WITH_BREAK = 40;

/**
 * What stands between two digits of one number: `kind` is the one mark in it, else a line break, else a space; `OTHER` where
 * the number ends here. `end` is where the next digit stands.
 */
export interface Gap {
  kind: number;
  end: number;
}

/** Reads the gap that begins at `from` into `gap`. At most one kind of mark is in it, at most three times, and one line break. */
export function readGap(text: string, from: number, gap: Gap): void {
  let at = from;
  let mark = OTHER;
  let marks = 0;
  let breaks = 0;
  gap.kind = OTHER;
  for (let read = 0; read < (breaks > 0 ? MOST_WITH_BREAK : MOST); read += 1) {
    const start = at;
    let kind = classAt(text, at);
    at += 1;
    if (kind === ESCAPE) {
      gap.end = at;
      kind = readEscape(text, start, gap);
      at = gap.end;
    }
    if (kind === QUOTE) kind = breaks > 0 ? SPACE : OTHER;
    if (kind === OTHER || isDigit(kind)) return;

    if (kind === BREAK) breaks += breaks > 0 && isSecondOfPair(text, start, at) ? 0 : 1;
    else if (kind !== SPACE) {
      if (mark !== OTHER && mark !== kind) return;
      mark = kind;
      marks += 1;
    }
    if (breaks > 1 || marks > 3) return;
    if (isDigit(classAt(text, at))) {
      gap.kind = mark !== OTHER ? mark : breaks > 0 ? BREAK : SPACE;
      gap.end = at;
      return;
    }
  }
}

/** Whether this line feed, as it is or escaped, belongs to the carriage return before it. */
function isSecondOfPair(text: string, start: number, end: number): boolean {
  const length = end - start;
  const before = text.slice(Math.max(0, start - length), start).toLowerCase();
  const here = text.slice(start, end).toLowerCase();
  return before !== here && before.replace('r', 'n').replace('d', 'a').replace('13', '10').replace('\r', '\n') === here;
}

/** Class of the separator that is escaped at `start`, its end in `gap`; `OTHER` where none is. */
function readEscape(text: string, start: number, gap: Gap): number {
  ANY.lastIndex = start;
  if (!ANY.test(text)) return OTHER;
  for (const [kind, form] of ESCAPES) {
    form.lastIndex = start;
    if (form.test(text)) {
      gap.end = form.lastIndex;
      return kind;
    }
  }
  return OTHER;
}

/** Where the escape that begins at `at` ends, or `at` itself where none begins there. */
export function afterEscape(text: string, at: number): number {
  if (CLASSES[text.charCodeAt(at)] !== ESCAPE) return at;
  const gap = { kind: OTHER, end: at };
  readEscape(text, at, gap);
  return gap.end;
}
