import { expect, test } from '@jest/globals';
import { read } from './sources.ts';

/** The lines between `#region sample` and `#endregion sample`, without their common indent. */
function sample(file: string): string {
  const lines = read(file).split('\n');
  const from = lines.findIndex((line) => line.includes('#region sample'));
  const to = lines.findIndex((line) => line.includes('#endregion sample'));
  const body = lines.slice(from + 1, to);
  const indent = Math.min(...body.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return body.map((line) => line.slice(indent)).join('\n');
}

test('the sample in the README is the code of the example, which runs', () => {
  expect(read('README.md')).toContain(sample('examples/video-host/src/embed.ts'));
});
