import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { codeBlocksIn, faultOf } from './regions.ts';
import { filesBelow, ROOT, read } from './sources.ts';

const guides = ['README.md', ...filesBelow('docs/guides', ['.md'])];

const faultsOf = (markdown: string): (string | undefined)[] =>
  codeBlocksIn(markdown)
    .map(faultOf)
    .filter((fault) => fault !== undefined);

describe('code in guides is code that runs', () => {
  test.each(guides)('%s: each block is a region of a source', (guide) => {
    expect(faultsOf(read(guide))).toEqual([]);
  });

  test('the README shows how to embed, and the guide each gate', () => {
    const counts = guides.map((guide) => codeBlocksIn(read(guide)).filter(({ region }) => region).length);
    expect(guides).toContain('docs/guides/wire-the-gates.md');
    expect(Math.min(...counts)).toBeGreaterThan(1);
  });

  test.each(guides)('%s leads to what is there', (guide) => {
    const links = [...read(guide).matchAll(/\]\(([^):#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(path.join(ROOT, path.dirname(guide), link)))).toEqual([]);
  });
});

describe('what would be noticed', () => {
  const sample = 'examples/video-host/src/embed.ts#sample';
  const [block] = codeBlocksIn(read('README.md')).filter(({ region }) => region === sample);
  const written = (code = '', before = `<!-- ${sample} -->\n`): string => `${before}\`\`\`ts\n${code}\n\`\`\`\n`;

  test('a block that says something else than its region', () => {
    expect(faultsOf(written(block?.code))).toEqual([]);
    expect(faultsOf(written(block?.code.replace('loadPack', 'load')))).toEqual([`differs from ${sample}`]);
  });

  test.each(['ts', 'js', 'yaml', 'json'])('a block of %s without a region; commands need none', (language) => {
    const markdown = written('a: 1', '').replace('ts', language);
    expect(faultsOf(markdown)).toEqual(['no region is named for: a: 1']);
    expect(faultsOf(markdown.replace(language, 'sh'))).toEqual([]);
  });

  test('a region that is not there', () => {
    expect(() => faultsOf(written('x', '<!-- examples/video-host/src/embed.ts#other -->\n'))).toThrow(
      /no region other/,
    );
  });
});
