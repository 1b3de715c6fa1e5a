import { read } from './sources.ts';

/**
 * The lines between `#region name` and `#endregion name`, without their common indent. A file has each name once; an empty
 * region, and one that is not there, are errors.
 */
export function regionOf(file: string, name: string): string {
  const lines = read(file).split('\n');
  const marks = (mark: string): number[] =>
    lines.flatMap((line, at) => (/^\s*(?:\/\/|#) (.*)$/.exec(line)?.[1] === `#${mark} ${name}` ? [at] : []));
  const [[from = -1, ...twice], [to = -1]] = [marks('region'), marks('endregion')];
  const body = lines.slice(from + 1, to);
  if (from < 0 || twice.length > 0 || body.every((line) => line.trim() === ''))
    throw new Error(`${file} has no region ${name}, or more than one of that name`);
  const indent = Math.min(...body.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return body.map((line) => line.slice(indent)).join('\n');
}

export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** The region that a comment right before the block names, such as `src/a.ts#part`. */
  readonly region: string | undefined;
}

const BLOCK = /(?:<!-- (\S+#\S+) -->\n\n?)?^( *)```(\w*)\n([\s\S]*?)^\2```$/gm;

/** The code in Markdown. */
export function codeBlocksIn(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(BLOCK)].map(([, region, indent = '', language = '', code = '']) => ({
    language,
    region,
    code: code
      .split('\n')
      .map((line) => line.slice(indent.length))
      .join('\n')
      .trimEnd(),
  }));
}

/** What is wrong with a block of code in a guide; undefined where it is a region of a source. */
export function faultOf({ language, code, region }: CodeBlock): string | undefined {
  const isCode = /^(ts|js|typescript|javascript|tsx|jsx|yaml|yml|json)$/.test(language);
  if (region === undefined) return isCode ? `no region is named for: ${code.split('\n')[0]}` : undefined;
  const [file = '', name = ''] = region.split('#');
  return regionOf(file, name) === code ? undefined : `differs from ${region}`;
}
