import { shutOut } from '../../src/account/shutOut.ts';
import type { Parts, Variant } from '../../src/variant.ts';
import { createApi } from './app.ts';
import { callers } from './callers.ts';
import { deliverDue } from './deliver.ts';
import { modelsOn } from './models.ts';
import { seed } from './seed.ts';
import { type ModelsOf, videoApiOf } from './videoApi.ts';

/** The API as its notice describes it. Its models are those of somebody whom the notice does not list: no video is made. */
export const variant: Variant = seedanceApi('bytedance');

/** The same on models of our own, to which nothing needs to be disclosed: videos are made. */
export const onOurOwnModels: Variant = seedanceApi('ourselves');

function seedanceApi(modelsOf: ModelsOf): Variant {
  return {
    pack: 'seedance-api',
    title: 'Seedance API',
    supportAddress: 'support@seedanceapi.com',
    derived: ['thumbnail'],
    async prepare(connection) {
      await Promise.all(Object.values(modelsOn(connection)).map((model) => model.init()));
    },
    visitor: callers,
    app: (parts: Parts) => createApi(videoApiOf(parts, modelsOf)),
    revoke: ({ connection }, subject) => shutOut(modelsOn(connection), subject),
    work: (parts: Parts) => [
      { name: 'videos.deliver', every: '5 seconds', run: () => deliverDue(videoApiOf(parts, modelsOf)) },
    ],
    seed,
  };
}
