import { globalPrivacyControl } from '@kept/core';
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
import { type Editor, supportAddress, title } from './editor.ts';
import { modelsOn } from './models.ts';
import { training } from './training.ts';

/** Every cookie that the editor sets, with the kind that the policy knows it as. No other leaves. */
const cookieKinds = { device: 'function', look: 'preferences', habit: 'personalisation' };

/** The editor itself. Mount it behind its devices and Kept's router. */
export function createEditor({ connection, ...parts }: Parts): Express {
  const own = packageFile('variants', 'seedream4', 'views');
  const render = views({ title, supportAddress, own });
  const editor: Editor = { ...parts, models: modelsOn(connection), render, supportAddress };
  const app = express();
  app.disable('x-powered-by');

  app.use('/public', express.static(packageFile('public')));
  app.get('/.well-known/gpc.json', globalPrivacyControl('2026-03-02'));
  app.use(parts.kept.cookies({ kinds: cookieKinds, subjectOf: (req: Request) => req.user?.id }));
  app.use(strictPages, sameOrigin, formBody);
  app.use(creations(editor), training(editor), account(editor), support(editor));
  app.use(() => {
    throw new Refusal(404, 'There is no such page.');
  });
  app.use(asPage(editor));
  return app;
}
