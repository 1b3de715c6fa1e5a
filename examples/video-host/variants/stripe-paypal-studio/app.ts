import express, { type Express, type Request, type RequestHandler } from 'express';
import { packageFile } from '../../src/packageFile.ts';
import type { Parts } from '../../src/variant.ts';
import { asPage } from '../../src/web/asPage.ts';
import { formBody } from '../../src/web/formBody.ts';
import { sameOrigin, strictPages } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import { views } from '../../src/web/views.ts';
import { account } from './account.ts';
import { creations } from './creations.ts';
import { door } from './door.ts';
import { modelsOn } from './models.ts';
import { plan } from './plan.ts';
import { cookies, themeOf } from './preferences.ts';
import { rateLimit, requestLog } from './requestLog.ts';
import { sharing } from './sharing.ts';
import { staffViews } from './staffViews.ts';
import { type Studio, supportAddress } from './studio.ts';
import { support } from './support.ts';

export const title = 'The studio';

/** The studio itself. Mount it behind its visitor and Kept's router. */
export function createStudio({ connection, ...parts }: Parts): Express {
  const own = (folder: string): string => packageFile('variants', 'stripe-paypal-studio', folder);
  const page = views({ title, supportAddress, own: own('views') });
  const studio: Studio = {
    ...parts,
    models: modelsOn(connection),
    render: (req, res, view, model) => page(req, res, view, { ...model, theme: themeOf(req) }),
  };
  const app = express();
  app.disable('x-powered-by');

  app.use('/public', express.static(packageFile('public')), express.static(own('public')));
  app.use(studio.kept.cookies({ kinds: cookies, subjectOf: (req: Request) => req.user?.id }));
  app.use(strictPages, ownScripts, requestLog(studio), rateLimit(studio), sameOrigin, formBody);
  app.use(door(studio), creations(studio), sharing(studio), plan(studio), account(studio), support(studio));
  app.use('/staff', staffViews(studio));
  app.use(() => {
    throw new Refusal(404, 'There is no such page.');
  });
  app.use(asPage(studio));
  return app;
}

/** Pages run the script that governs what they keep in the browser, and the studio's own after it. */
const ownScripts: RequestHandler = (_req, res, next) => {
  res.set('content-security-policy', `${res.get('content-security-policy')}; script-src 'self'`);
  next();
};
