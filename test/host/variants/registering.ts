import request from 'supertest';
import type { VariantScene } from './openVariant.ts';

/** Registers a developer and answers what calls by their key. */
export async function registered(scene: VariantScene, name: string) {
  const email = `${name.toLowerCase()}@example.org`;
  const answer = await request(scene.app).post('/v1/register').send({ email, name, country: 'IE' }).expect(201);
  const { id, key } = answer.body as { id: string; key: string };
  const call = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
    request(scene.app)[method](`/v1${path}`).auth(key, { type: 'bearer' });
  return { id, key, email, call };
}
