import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import mongoose from 'mongoose';
import { httpData } from '../../packages/core/src/adapters/http/httpData.ts';
import { serveData } from '../../packages/core/src/adapters/http/serveData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type ShapedHouse, shapedHouse } from './shapedHouse.ts';

const { ObjectId } = mongoose.mongo;
const KEY = 'a key of thirty-two characters, at the least';

let the: ShapedHouse;
let source: PersonalDataSource;
let server: Server;
let [ann, bo] = ['', ''];
beforeAll(async () => {
  the = await shapedHouse();
  server = createServer(express().use('/kept', serveData(the.source, { key: KEY })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  source = httpData({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kept`, key: KEY });
});
beforeEach(async () => {
  ({ ann, bo } = await the.begin());
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await the.close();
});

const end = async (name: string): Promise<number> => {
  const found = await source.recordsOf(ann, name, 50);
  return source.remove(
    name,
    found.map(({ id }) => id),
  );
};

test('the elements of a person go out of shared records elsewhere, and those of others stay', async () => {
  const [mine, theirs] = [ann, bo].map((key) => ({ userId: new ObjectId(key), note: key }));
  await the.put('teams', { members: [mine, theirs] }, { members: [theirs] });
  expect(await end('teams')).toBe(1);
  expect(await the.all('teams')).toEqual([{ members: [theirs] }, { members: [theirs] }]);
  expect(await source.recordsOf(ann, 'teams', 50)).toEqual([]);
});

test('whatever the keys of records are elsewhere, the right ones go', async () => {
  const owner = `user:${ann}`;
  const at = new Date('2026-03-03T08:00:00Z');
  const keys = [{ tenant: 'a', no: 7 }, 42, 'plain', new ObjectId(), at];
  await the.put('profiles', ...keys.map((_id) => ({ _id, owner })), { _id: { tenant: 'b', no: 7 }, owner: 'user:x' });
  const ids = (await source.recordsOf(ann, 'profiles', 50)).map(({ id }) => id);
  expect(await source.factsOf('profiles', ids)).toHaveLength(keys.length);
  expect(await source.remove('profiles', ids)).toBe(keys.length);
  expect(await the.all('profiles')).toEqual([{ owner: 'user:x' }]);
});
