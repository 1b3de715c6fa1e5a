import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WrongQuestion } from '../wrongQuestion.ts';

/** How long a page that is under way may take once nobody waits for it any more. */
const PATIENCE = 10_000;

export interface Listening {
  readonly port: number;
  /** Takes nothing new and lets what is under way end. */
  close(): Promise<void>;
}

/** Throws WrongQuestion where the port is taken. */
export async function listen(app: RequestListener, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createServer(app).listen(port, host);
  await once(server, 'listening').catch((error) => {
    throw portTaken(error, '--port');
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE);
      await closed;
      clearTimeout(impatient);
    },
  };
}

/** The error of a port or address that cannot be had, as a wrong question; any other as it is. */
export function portTaken(error: unknown, option: string): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    return new WrongQuestion('The port is taken', option, 'name another one, or 0 for a free one');
  if (code === 'EACCES') return new WrongQuestion('The port is not ours to take', option, 'name one above 1023');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new WrongQuestion('This machine has no such address', '--host', 'write 127.0.0.1, or 0.0.0.0 for all');
  }
  return error;
}

export function addressOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
