import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type KeyStore, verifyNotification } from '@kept/core';

type Notice = ReturnType<typeof verifyNotification>;

export interface RecipientHouse {
  readonly url: string;
  /** Every call, in its order, with what it said once its signature was found good. */
  readonly calls: { readonly notice: Notice; readonly headers: IncomingHttpHeaders; readonly body: string }[];
  /** How it answers from now on. */
  answers: (answer: ServerResponse, notice: Notice) => unknown;
  close(): Promise<void>;
}

/** A recipient's own server on loopback, which takes nothing that this installation has not signed. */
export async function recipientHouse(keys: KeyStore, now: () => Date): Promise<RecipientHouse> {
  const { keyId, publicKey } = await keys.signer();
  const published = [{ keyId, algorithm: 'Ed25519', publicKey }] as const;
  const house: RecipientHouse = {
    url: '',
    calls: [],
    answers: (answer) => answer.writeHead(202).end(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer(async (request, answer) => {
    const { headers } = request;
    const body = await text(request);
    const notice = verifyNotification({ headers, body }, published, now());
    house.calls.push({ notice, headers, body });
    await house.answers(answer, notice);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(house, { url: `http://127.0.0.1:${port}/kept` });
}
