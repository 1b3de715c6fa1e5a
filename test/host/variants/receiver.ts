import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A developer's own server, on loopback, to which videos are delivered by webhook. */
export interface Receiver {
  readonly url: string;
  /** What it answers with from now on; 0 breaks the connection off. */
  status: number;
  /** Generation ids that arrived whole, with their size in bytes, in their order. */
  readonly arrived: readonly { readonly generation: string; readonly bytes: number }[];
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const arrived: { generation: string; bytes: number }[] = [];
  const server: Server = createServer((req, res) => {
    let bytes = 0;
    req.on('data', (part: Buffer) => {
      bytes += part.length;
    });
    req.on('end', () => {
      if (receiver.status === 0) return req.socket.destroy();
      arrived.push({ generation: String(req.headers['x-generation']), bytes });
      return res.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/videos`,
    status: 204,
    arrived,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
