import express, { type Router } from 'express';
import type { Connection } from 'mongoose';

const PATIENCE = 2_000;

/** `/healthz`: the process answers. `/readyz`: 200 only while the house is open and the database answers, else 503. */
export function healthRoutes(connection: Connection): { readonly routes: Router; ready(open: boolean): void } {
  let open = false;
  const routes = express.Router();
  routes.get('/healthz', (_req, res) => void res.type('text').send('ok\n'));
  routes.get('/readyz', async (_req, res) => {
    const database = open && (await answers(connection));
    const ready = open && database;
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready, open, database });
  });
  return {
    routes,
    ready(now) {
      open = now;
    },
  };
}

async function answers(connection: Connection): Promise<boolean> {
  const ping = connection.db?.command({ ping: 1 }, { timeoutMS: PATIENCE });
  return (
    (await ping?.then(
      () => true,
      () => false,
    )) === true
  );
}
