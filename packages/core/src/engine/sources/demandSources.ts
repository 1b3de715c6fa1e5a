import { KeptError } from '../../kernel/keptError.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import type { OtherSource, OtherSources } from '../ports/otherSource.ts';

type Member = Exclude<keyof OtherSource, 'kind'>;

const SWEPT: readonly Member[] = ['dueRecords', 'countDue', 'candidates', 'recordsNamed', 'endDue', 'count', 'bytesOf'];

/** Throws SOURCE_MISSING for a source that the inventory names and nobody gave, SOURCE_INVALID for one that lacks a power. */
export function demandSources(policy: Policy, sources: OtherSources = {}): void {
  for (const collection of policy.inventory.collections) {
    const { source: name } = collection;
    if (name === undefined) continue;
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (!source) throw missing(name);
    const lacking = neededFor(policy, collection).filter((member) => typeof source[member] !== 'function');
    if (lacking.length > 0) throw tooWeak(name, collection.name, lacking);
  }
}

/** What the inventory and the rules ask of a collection, beyond what every source can. */
function neededFor({ retention }: Policy, collection: Collection): Member[] {
  const rule = retention.find(({ id }) => id === collection.retention);
  const isSwept = (rule !== undefined && collection.follows === undefined) || collection.redactions !== undefined;
  return [
    ...(isSwept ? SWEPT : []),
    ...(rule?.onErasure === 'detach' ? (['detach'] as const) : []),
    ...(rule?.onErasure === 'detach' || collection.redactions ? (['redact'] as const) : []),
    ...(collection.fields.some(({ file }) => file !== undefined) ? (['stillReferenced'] as const) : []),
    ...(collection.about ? (['exportAbout'] as const) : []),
    ...(collection.about?.cascade ? (['recordsAbout'] as const) : []),
  ];
}

function missing(name: string): KeptError {
  return new KeptError('SOURCE_MISSING', `The inventory names a source that was not given: ${name}`, {
    place: 'createKept, sources',
    remedy: `Hand it over: sources: { ${name}: httpData({ url, key }) }.`,
  });
}

function tooWeak(name: string, collection: string, lacking: readonly string[]): KeptError {
  return new KeptError('SOURCE_INVALID', `The source "${name}" cannot do what is promised of "${collection}"`, {
    place: `sources.${name}`,
    remedy: `Give it ${lacking.join(', ')}, or change what the inventory and the rules say of the collection.`,
  });
}
