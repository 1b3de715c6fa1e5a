import { globalPrivacyControl } from '@kept/core';
import express, { type Express, type Request } from 'express';
import type { Connection } from 'mongoose';
import { account } from './handlers/account.ts';
import { api } from './handlers/api.ts';
import { door } from './handlers/door.ts';
import { files } from './handlers/files.ts';
import { support } from './handlers/support.ts';
import { videos } from './handlers/videos.ts';
import type { Host, Promises, Transport } from './host.ts';
import type { Media } from './media/media.ts';
import { modelsOn } from './models/models.ts';
import { packageFile } from './packageFile.ts';
import { asPage } from './web/asPage.ts';
import { formBody } from './web/formBody.ts';
import { sameOrigin, strictPages } from './web/guards.ts';
import { Refusal } from './web/refusal.ts';
import { sessions } from './web/sessions.ts';
import { views } from './web/views.ts';

export interface VideoHostOptions {
  readonly connection: Connection;
  readonly media: Media;
  readonly kept: Promises;
  readonly mail: Transport;
  now(): Date;
}

export const title = 'Sdance AI';
export const supportAddress = 'support@sdanceai.com';

/** The app itself: pages, files and API. Mount it behind Kept's router, which answers `/privacy`. */
export function createVideoHost({ connection, media, kept, mail, now }: VideoHostOptions): Express {
  const host: Host = {
    models: modelsOn(connection),
    media,
    kept,
    mail,
    now,
    supportAddress,
    render: views({ title, supportAddress }),
  };
  const app = express();
  app.disable('x-powered-by');

  app.use('/api/v1', api(host));
  app.use('/public', express.static(packageFile('public')));
  app.use(strictPages, sameOrigin, sessions(host));
  // #region cookies
  app.get('/.well-known/gpc.json', globalPrivacyControl('2026-03-02'));
  app.use(kept.cookies({ kinds: { sid: 'necessary' }, subjectOf: (req: Request) => req.user?.id }));
  // #endregion cookies
  app.use(formBody);
  app.use(door(host), videos(host), files(host), account(host), support(host));
  app.use(() => {
    throw new Refusal(404, 'There is no such page.');
  });
  app.use(asPage(host));
  return app;
}
