import { describe, expect, test } from '@jest/globals';
import { filesBelow, importsOf, read, resolved } from './sources.ts';

const CORE = 'packages/core/src';
const within = (ring: string): string[] => filesBelow(`${CORE}/${ring}`, ['.ts']);

/** Imports of a file that leave the allowed places. */
function strays(file: string, allowed: (target: string, specifier: string) => boolean): string[] {
  return importsOf(file)
    .filter((specifier) => !allowed(resolved(file, specifier) ?? '', specifier))
    .map((specifier) => `${file} imports ${specifier}`);
}

describe('imports point inwards', () => {
  test('the kernel imports the kernel and a date library, nothing else', () => {
    const found = within('kernel').flatMap((file) =>
      strays(file, (target, name) => target.startsWith(`${CORE}/kernel/`) || name === 'temporal-polyfill'),
    );
    expect(found).toEqual([]);
  });

  test('the kernel waits for nothing', () => {
    expect(
      within('kernel').filter((file) =>
        /\basync\b|\bawait\b/.test(read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
      ),
    ).toEqual([]);
  });

  test('the engine imports the kernel and itself', () => {
    const found = within('engine').flatMap((file) =>
      strays(
        file,
        (target, name) =>
          /^packages\/core\/src\/(kernel|engine)\//.test(target) || (name === 'express' && isTypeOnly(file, name)),
      ),
    );
    expect(found).toEqual([]);
  });

  test('adapters do not know the host ring', () => {
    const found = within('adapters').flatMap((file) => strays(file, (target) => !target.startsWith(`${CORE}/host/`)));
    expect(found).toEqual([]);
  });

  test('shells import @kept/core by its index only', () => {
    const shells = ['packages/console/src', 'packages/cli/src', 'jobs/src', 'examples'].flatMap((folder) =>
      filesBelow(folder, ['.ts']),
    );
    const found = shells.flatMap((file) =>
      strays(file, (target, name) => !target.startsWith('packages/core/') && !/^@kept\/core\/.+/.test(name)),
    );
    expect(found).toEqual([]);
  });

  test('the server of the example is handed its app and knows no other', () => {
    const found = filesBelow('examples/video-host/src', ['.ts']).flatMap((file) =>
      strays(file, (target) => !target.startsWith('examples/video-host/variants/')),
    );
    expect(found).toEqual([]);
  });

  test('localdb stands apart: the product never imports it', () => {
    const product = ['packages/core/src', 'packages/console/src', 'jobs/src'].flatMap((folder) =>
      filesBelow(folder, ['.ts']),
    );
    expect(product.flatMap((file) => strays(file, (_target, name) => name !== '@kept/localdb'))).toEqual([]);
    expect(
      filesBelow('packages/localdb/src', ['.ts']).flatMap((file) =>
        strays(file, (_target, name) => name !== '@kept/core'),
      ),
    ).toEqual([]);
  });
});

function isTypeOnly(file: string, name: string): boolean {
  return new RegExp(`import type [^;]*from '${name}'`).test(read(file));
}
