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
  SLASH,
  SPACE,
  UNDERSCORE,
} from './characterClass.ts';

/** How separators are written where they may not stand as they are: in URLs, JSON, HTML and quoted-printable. */
const ESCAPES: readonly (readonly [kind: number, form: RegExp])[] = [
  [SPACE, /%(?:20|09|a0|c2%a0|e2%80%(?:8[0-f]|af)|e2%81%a0)|=(?:20|09|a0|c2=a0|e2=80=(?:8[0-f]|af))/iy],
  [SPACE, /\\+(?:t|x20|xa0|u0020|u0009|u00a0|u00ad|u200\w|u202f|u2060|u3000|ufeff)/iy],
  [
    SPACE,
    /&(?:nbsp|thinsp|ensp|emsp|shy|zwnj|zwj|tab|#0*(?:32|9|160|173|8201|8203|8239)|#x0*(?:20|9|a0|ad|200\w|202f));|<wbr ?\/?>/iy,
  ],
  [BREAK, /=\r?\n|[%=]0[ad]|\\+(?:[nr]|u000[ad]|x0[ad])|&(?:newline|#0*1[03]|#x0*[ad]);|<br ?\/?>/iy],
  [
    DASH,
    /[%=]2d|%e2%80%9[0-5]|=e2=80=9[0-5]|\\+(?:u002d|x2d|u201[0-5])|&(?:[nm]dash|hyphen|dash|minus|#0*(?:45|8209|8211|8212)|#x0*(?:2d|201[0-5]));/iy,
  ],
  [DOT, /[%=]2e|%c2%b7|&(?:middot|#183|#46);/iy],
  [SLASH, /[%=]2f|\\+\//iy],
  [UNDERSCORE, /[%=]5f/iy],
  [PLUS, /%2b/iy],
];

/** The most separators between two digits on one line, and where a line breaks between them: it may be indented or quoted. */
const MOST = 4;
const MOST_WITH_BREAK = 40;
const QUOTE = '>'.charCodeAt(0);

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
    } else if (breaks > 0 && text.charCodeAt(start) === QUOTE) kind = SPACE;
    if (kind === OTHER || isDigit(kind)) return;

    if (kind === BREAK) breaks += isSecondOfPair(text, start, at) ? 0 : 1;
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
