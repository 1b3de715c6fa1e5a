import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kept, settableClock } from '@kept/core';
import { walkClock } from './walkClock.ts';

export interface ClockDesk {
  readonly url: string;
  close(): Promise<void>;
}

const page = (now: Date, note: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>The clock of the demo</title>
<style>body{font:1rem/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1rem;margin:0 .5rem .5rem 0}</style>
<h1>The clock of the demo</h1><p>It is <time datetime="${now.toISOString()}">${now.toUTCString()}</time>. ${note}</p>
<form method="post"><button name="days" value="1">One day on</button><button name="days" value="7">A week on</button>
<button name="days" value="30">Thirty days on</button></form>
<p>Every job runs on the way, as if the time had passed.</p></html>`;

/** A page on which the demo's clock is set forward; on loopback, and only in demos. */
export async function openClockDesk(kept: Kept, clock: ReturnType<typeof settableClock>): Promise<ClockDesk> {
  let walking = false;
  const server = createServer(async (req, res) => {
    let note = '';
    if (req.method === 'POST' && !isForeign(req.headers.origin, req.headers.host)) {
      let body = '';
      for await (const chunk of req) body += chunk;
      const days = Number(new URLSearchParams(body).get('days'));
      if (walking) note = 'It is being set forward already.';
      else if ([1, 7, 30].includes(days)) {
        walking = true;
        await walkClock(kept, clock, days).finally(() => {
          walking = false;
        });
        note = `It went ${days === 1 ? 'one day' : `${days} days`} on.`;
      } else note = 'It goes 1, 7 or 30 days on.';
    }
    res.setHeader('Content-Type', 'text/html; charset=utf-8').end(page(clock.now(), note));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A form on another site could post here too; browsers say where it stands. */
function isForeign(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && origin !== `http://${host}`;
}
