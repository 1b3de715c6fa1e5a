import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

export interface Arrived {
  readonly raw: Buffer;
  readonly from: string;
  readonly to: readonly string[];
}

export interface PostOffice {
  readonly port: number;
  readonly arrived: readonly Arrived[];
  close(): Promise<void>;
}

/** Somebody else's mail server, on loopback. */
export async function postOffice(options: SMTPServerOptions = {}): Promise<PostOffice> {
  const arrived: Arrived[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    onData(stream, { envelope }: SMTPServerSession, done) {
      buffer(stream).then((raw) => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        arrived.push({ raw, from, to: envelope.rcptTo.map(({ address }) => address) });
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An answer of the other side, such as 550. */
export function answer(responseCode: number): Error {
  return Object.assign(new Error('ann@example.com is not wanted here'), { responseCode });
}
