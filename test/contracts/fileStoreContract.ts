import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import type { WritableFiles } from '../../packages/core/src/adapters/files/writableFiles.ts';

/** What every file store must keep. `open` makes an empty one whose files have the renditions `thumbnail` and `preview`. */
export function fileStoreContract(kind: string, open: () => Promise<WritableFiles>): void {
  const video = Buffer.from('a video');
  const key = 'generations/ab/cd.mp4';

  describe(`a file store: ${kind}`, () => {
    test('gives back what was put, byte by byte', async () => {
      const files = await open();

      expect(await files.put(key, video)).toBe(video.length);

      expect(await files.has(key)).toBe(true);
      expect(await files.size(key)).toBe(video.length);
      expect(await buffer(await files.read(key))).toEqual(video);
    });

    test('takes a stream as it takes bytes, and replaces what was there', async () => {
      const files = await open();
      async function* parts() {
        yield Buffer.from('in ');
        yield Buffer.from('parts');
      }

      await files.put(key, video);
      expect(await files.put(key, parts())).toBe(8);

      expect((await buffer(await files.read(key))).toString()).toBe('in parts');
    });

    test('keeps nothing of a stream that breaks off, and leaves the file that was there', async () => {
      const files = await open();
      async function* broken() {
        yield Buffer.from('half of');
        throw new Error('connection lost');
      }
      await files.put(key, video);

      await expect(files.put(key, broken())).rejects.toThrow('connection lost');
      await expect(files.put('generations/new.mp4', broken())).rejects.toThrow('connection lost');

      expect(await buffer(await files.read(key))).toEqual(video);
      expect(await files.has('generations/new.mp4')).toBe(false);
    });

    test('removes a file with its renditions, and nothing else', async () => {
      const files = await open();
      for (const name of [key, `${key}.thumbnail`, `${key}.preview`, `${key}.original`, 'generations/ab/other.mp4'])
        await files.put(name, video);

      expect(await files.remove([key])).toEqual([{ key, state: 'gone' }]);

      expect(await files.has(key)).toBe(false);
      expect(await files.size(key)).toBeUndefined();
      expect(await files.has(`${key}.thumbnail`)).toBe(false);
      expect(await files.has(`${key}.preview`)).toBe(false);
      expect(await files.has(`${key}.original`)).toBe(true);
      expect(await files.has('generations/ab/other.mp4')).toBe(true);
      await expect(files.read(key)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    });

    test('removing what is not there is no error, and takes a forgotten rendition along', async () => {
      const files = await open();
      await files.put(`${key}.preview`, video);

      expect(await files.remove([key, 'nobody/was/here'])).toEqual([
        { key, state: 'absent' },
        { key: 'nobody/was/here', state: 'absent' },
      ]);
      expect(await files.remove([])).toEqual([]);

      expect(await files.has(`${key}.preview`)).toBe(false);
    });

    test('removes many at once, and answers for each in their order', async () => {
      const files = await open();
      const keys = Array.from({ length: 60 }, (_, n) => `generations/many/${n}.mp4`);
      for (const each of keys) if (each !== keys[7]) await files.put(each, video);

      const removed = await files.remove(keys);

      expect(removed).toEqual(keys.map((each) => ({ key: each, state: each === keys[7] ? 'absent' : 'gone' })));
      for (const each of keys) expect(await files.has(each)).toBe(false);
    });

    test('keeps large files as they are, and files without a byte', async () => {
      const files = await open();
      const large = Buffer.alloc(20_000_001, 'a piece of a film, ');
      async function* parts() {
        for (let at = 0; at < large.length; at += 700_001) yield large.subarray(at, at + 700_001);
      }

      expect(await files.put(key, parts())).toBe(large.length);
      expect(await files.put('generations/none.mp4', Buffer.alloc(0))).toBe(0);

      expect((await buffer(await files.read(key))).equals(large)).toBe(true);
      for (const at of [0, 1, 600_000, large.length - 1]) {
        const rest = await files.readFrom?.(key, at);
        if (rest) expect((await buffer(rest)).equals(large.subarray(at))).toBe(true);
      }
      expect(await files.size('generations/none.mp4')).toBe(0);
      expect(await buffer(await files.read('generations/none.mp4'))).toEqual(Buffer.alloc(0));
    });

    test('of two that write the same file at once one whole file stays', async () => {
      const files = await open();

      await Promise.all([files.put(key, Buffer.alloc(600_000, 1)), files.put(key, Buffer.alloc(600_000, 2))]);

      const stays = await buffer(await files.read(key));
      expect(stays).toHaveLength(600_000);
      expect(new Set(stays).size).toBe(1);
    });

    test.each([
      ['climbs out', '../outside.mp4'],
      ['climbs out later', 'generations/../../outside.mp4'],
      ['is absolute', '/etc/hostname'],
      ['has a NUL', 'generations/a\0.mp4'],
      ['has a backslash', 'generations\\..\\outside.mp4'],
      ['names a drive', 'C:/outside.mp4'],
      ['has an empty part', 'generations//a.mp4'],
      ['stays where it is', './a.mp4'],
      ['is hidden', 'generations/.a.draft'],
      ['is empty', ''],
      ['is endless', `${'a/'.repeat(600)}b`],
      ['is no text', undefined as unknown as string],
    ])('refuses a key that %s, for every verb, and does not repeat it', async (_why, bad) => {
      const files = await open();

      for (const verb of ['has', 'size', 'read', 'put'] as const)
        await expect(files[verb](bad, video)).rejects.toMatchObject({
          code: 'FILE_KEY_INVALID',
          message: 'That is no key of a file in this store.',
        });
      await files.put(key, video);
      expect(await files.remove([bad, key])).toEqual([
        { key: bad, state: 'failed', code: 'FILE_KEY_INVALID' },
        { key, state: 'gone' },
      ]);
    });
  });
}
