import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, BlockList, isIP } from 'node:net';
import { WrongQuestion } from '../wrongQuestion.ts';

/** How long a page that is under way may take once nobody waits for it any more. */
const PATIENCE = 10_000;

export interface Listening {
  /** The address that is really bound. */
  readonly host: string;
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
  const bound = server.address() as AddressInfo;
  return {
    host: bound.address,
    port: bound.port,
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
    return new WrongQuestion(
      'This machine has no such address',
      '--host',
      'write 127.0.0.1, or 0.0.0.0 with --behind-tls for all',
    );
  }
  return error;
}

export function addressOf({ host, port }: Pick<Listening, 'host' | 'port'>): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether only this machine can reach it; a name that is not `localhost` may lead anywhere. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');
