import net from 'node:net';
import { BSON } from 'bson';
import { Call, type Connection } from './call.ts';
import { carryOut } from './dispatch.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { type Message, MessageReader, ProtocolError, writeReply } from './wire.ts';

/** Only this machine can reach the gateway. */
export const LOOPBACK = '127.0.0.1';

/** A listening gateway. */
export interface GatewayServer {
  port: number;
  close(): Promise<void>;
}

/** Serves the engine behind `socketFolder` on a port of the loopback address; 0 takes a free one. */
export async function serve(socketFolder: string, port = 0): Promise<GatewayServer> {
  const gateway = openGateway(socketFolder);
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    attend(gateway, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await gateway.close();
    },
  };
}

// Commands of one connection are carried out in their order, one at a time, as MongoDB does; those that wait for no
// answer also after the client has gone.
function attend(gateway: Gateway, socket: net.Socket): void {
  gateway.counters.connections += 1;
  gateway.counters.connectionsEver += 1;
  const connection: Connection = {
    id: gateway.counters.connectionsEver,
    address: `${socket.localAddress}:${socket.localPort}`,
    remote: `${socket.remoteAddress}:${socket.remotePort}`,
  };
  const reader = new MessageReader();
  const waiting: Message[] = [];
  let current: Call | undefined;

  const work = async (): Promise<void> => {
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      current = new Call(gateway, connection, message);
      const reply = await carryOut(current);
      current = undefined;
      if (!message.unacknowledged && !socket.destroyed) {
        socket.write(writeReply(message, Buffer.isBuffer(reply) ? reply : Buffer.from(BSON.serialize(reply))));
      }
    }
  };
  let working: Promise<void> | undefined;

  socket.on('data', (piece: Buffer) => {
    try {
      waiting.push(...reader.take(piece));
    } catch (error) {
      // After a broken message there is no telling where the next one starts.
      if (!(error instanceof ProtocolError)) process.stderr.write(`${error}\n`);
      socket.destroy();
      return;
    }
    if (working || waiting.length === 0) return;
    working = work()
      .catch((error) => {
        process.stderr.write(`${error?.stack ?? error}\n`);
        socket.destroy();
      })
      .finally(() => {
        working = undefined;
      });
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    gateway.counters.connections -= 1;
    current?.abandon();
    void Promise.resolve(working).then(() => gateway.transactions.disconnected(connection.id));
  });
}
