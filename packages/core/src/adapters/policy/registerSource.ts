import { policiesDir } from './policiesDir.ts';
import { parseSource, readText, type YamlSource } from './yamlSource.ts';

/** The register with the clauses of one pack only: reading those of all would take as long as reading the pack. */
export function registerSource(pack: string): YamlSource {
  return parseSource(ownPart(readText(policiesDir('register.yaml'), 'register.yaml'), pack), 'register.yaml');
}

/** Lines of other packs are left empty, so that places stay right. */
export function ownPart(text: string, pack: string): string {
  const lines = text.split('\n');
  const heads = lines.flatMap((line, index) => (line.startsWith('  - pack: ') ? [index] : []));
  const own = heads.find((head) => lines[head] === `  - pack: ${pack}`);
  if (own === undefined) return 'packs: []';

  const next = heads.find((head) => head > own) ?? lines.length;
  const first = heads[0] ?? 0;
  return lines.map((line, index) => (index < first || (index >= own && index < next) ? line : '')).join('\n');
}
