import type { EgressField, EgressRule } from '../policy/egressRule.ts';
import { same } from './same.ts';

/** What leaves to a recipient that stayed before, or is less looked at; undefined where nothing does. */
export function widerEgress(before: EgressRule | undefined, after: EgressRule | undefined): string | undefined {
  if (after === undefined) return undefined;
  const listed = new Map(before?.fields.map((field) => [field.path, field]));
  const added = after.fields.filter(({ path }) => !listed.has(path)).map(({ path }) => path);
  if (added.length > 0) return `${added.join(', ')} may leave`;
  const bare = after.fields.filter((field) => isBarer(listed.get(field.path), field)).map(({ path }) => path);
  if (bare.length > 0) return `${bare.join(', ')} may leave in another form`;
  const hosts = after.hosts.filter((host) => !before?.hosts.includes(host));
  if (hosts.length > 0) return `may be sent to ${hosts.join(', ')}`;
  if (before?.onUnlisted === 'refuse' && after.onUnlisted === 'strip')
    return 'fields that are not listed stop nothing any more';
  return before?.onPersonal === 'refuse' && after.onPersonal === 'strip'
    ? 'personal values stop nothing any more'
    : undefined;
}

function isBarer(before: EgressField | undefined, after: EgressField): boolean {
  return !same([before?.category, before?.media, before?.file], [after.category, after.media, after.file]);
}
