import express, { type Express, type Request } from 'express';
import { support } from '../../src/handlers/support.ts';
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
import { figures } from './figures.ts';
import { firstVisit, mark } from './firstVisit.ts';
import { modelsOn } from './models.ts';
import { orders } from './orders.ts';
import { countryOf, type Site, supportAddress, title } from './site.ts';

const subjectOf = (req: Request) => req.user?.id;

/** The website itself. Mount it behind its visitor and Kept's router. */
export function createSite({ connection, ...parts }: Parts): Express {
  const own = packageFile('variants', 'seedance25', 'views');
  const page = views({ title, supportAddress, own });
  const site: Site = {
    ...parts,
    models: modelsOn(connection),
    supportAddress,
    render: (req, res, view, model) => page(req, res, view, { ...model, asks: res.locals.asks }),
  };
  const app = express();
  app.disable('x-powered-by');

  app.use('/public', express.static(packageFile('public')));
  app.use(site.kept.cookies({ kinds: { sid: 'necessary', [mark]: 'analytics' }, subjectOf, countryOf }));
  app.use(strictPages, sameOrigin, formBody, firstVisit(site));
  app.get('/', (req, res) => site.render(req, res, 'home', { title: 'Moving pictures out of words' }));
  app.use(door(site), creations(site), orders(site), account(site), figures(site), support(site));
  app.use(() => {
    throw new Refusal(404, 'There is no such page.');
  });
  app.use(asPage(site));
  return app;
}
