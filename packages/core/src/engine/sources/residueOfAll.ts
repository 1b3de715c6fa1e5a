import type { OtherSource } from '../ports/otherSource.ts';
import type { Identifiers } from '../ports/personalDataSource.ts';
import { type LookAgain, nothingLookedAt, type Residue } from '../ports/residue.ts';

/**
 * A second look through all sources, one after the other. What a source finds in a collection that the inventory gives to
 * another one, or does not know, is told under the source's name.
 */
export async function residueOfAll(
  sources: readonly (readonly [name: string | undefined, source: OtherSource])[],
  nameOf: (collection: string) => string | undefined,
  identifiers: Identifiers,
  { from = nothingLookedAt, beat, ...look }: LookAgain = {},
): Promise<Residue> {
  let sum: Residue = nothingLookedAt;
  for (const [name, source] of sources) {
    const told = (collection: string): string =>
      name === undefined || nameOf(collection) === name ? collection : `${name}/${collection}`;
    const isTheirs = (collection: string): boolean =>
      name === undefined
        ? nameOf(collection) === undefined && !collection.includes('/')
        : nameOf(collection) === name || collection.startsWith(`${name}/`);
    const before = sum;
    const withThese = (found: Residue): Residue => added(before, renamed(found, told));
    const found = await source.residue(identifiers, {
      ...look,
      from: renamed(only(from, isTheirs), (collection) => collection.replace(`${name}/`, '')),
      ...(beat && { beat: (soFar) => beat(withThese(soFar)) }),
    });
    sum = withThese(found);
  }
  return sum;
}

function only({ found, looked, notLooked }: Residue, isTheirs: (collection: string) => boolean): Residue {
  return {
    found: found.filter(({ collection }) => isTheirs(collection)),
    looked: looked.filter(isTheirs),
    notLooked: notLooked.filter(({ collection }) => isTheirs(collection)),
  };
}

function renamed({ found, looked, notLooked }: Residue, told: (collection: string) => string): Residue {
  const rename = <T extends { readonly collection: string }>(each: T): T => ({
    ...each,
    collection: told(each.collection),
  });
  return { found: found.map(rename), looked: looked.map(told), notLooked: notLooked.map(rename) };
}

function added(one: Residue, other: Residue): Residue {
  return {
    found: [...one.found, ...other.found],
    looked: [...one.looked, ...other.looked],
    notLooked: [...one.notLooked, ...other.notLooked],
  };
}
