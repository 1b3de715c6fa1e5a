import express, { type Express } from 'express';
import helmet from 'helmet';
import { findAssets } from './assets.ts';
import type { Kept } from './kept.ts';
import { type House, responder } from './respond.ts';
import { routes } from './routes.ts';

export interface ConsoleOptions {
  /** Cookies over HTTPS only, and HSTS; by default exactly in production. */
  secure?: boolean;
  /** Words at the top of every page, such as "The clock was set forward to 1 March 2027". */
  banner?: () => string | undefined;
  /** The path that people see, where it is not the one that Express knows: a proxy that takes a prefix away. */
  basePath?: string;
  /**
   * Express's `trust proxy`, such as 1 or 'loopback': whose word about the address of a visitor is taken, for the brake on
   * sign-ins. That of the app it is mounted in where absent.
   */
  trustProxy?: boolean | number | string | string[];
  /** Faults of the console itself; by default to standard error. Entries hold no personal data. */
  log?: House['log'];
}

const ASSET_AGE = '365d';

/**
 * The staff console as an Express app of its own: mount it where you like, `app.use('/console', createConsole(kept))`.
 * Its settings, views and headers never touch the host's.
 */
export function createConsole(kept: Kept, options: ConsoleOptions = {}): Express {
  const app = express();
  const secure = options.secure ?? process.env.NODE_ENV === 'production';
  const assets = findAssets();
  const { answer, notFound, unreadable } = responder({
    kept,
    assets,
    secure,
    basePath: options.basePath,
    banner: options.banner ?? (() => undefined),
    log: options.log ?? ((entry) => process.stderr.write(`${JSON.stringify(entry)}\n`)),
  });

  app.disable('x-powered-by');
  if (options.trustProxy !== undefined) app.set('trust proxy', options.trustProxy);
  app.use(headers(secure));
  app.get('/healthz', (_req, res) => void res.type('text').send('ok\n'));
  for (const folder of assets.folders) {
    app.use(`/assets/${assets.version}`, express.static(folder, { index: false, immutable: true, maxAge: ASSET_AGE }));
  }
  app.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  app.use(express.urlencoded({ extended: false, limit: '200kb', parameterLimit: 200 }));
  for (const route of routes) app[route.method](route.path, answer(route));
  app.use(notFound);
  app.use(unreadable);
  return app;
}

/** `same-origin` for the referrer: with less, browsers send `Origin: null` with our own forms. */
function headers(secure: boolean): express.RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
  });
}
