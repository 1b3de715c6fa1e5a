import { once } from 'node:events';
import net from 'node:net';
import { BSON, type Document, Long, UUID } from 'bson';

/** Speaks the protocol by hand, so that a test can also break it. */
export interface RawClient {
  /** Sends a command as OP_MSG and returns the answer. */
  command(document: Document, sequences?: Record<string, Document[]>, flags?: number): Promise<Document>;
  /** Sends bytes as they are. */
  send(bytes: Buffer): void;
  /** The next answer. */
  answer(): Promise<{ opCode: number; responseTo: number; document: Document }>;
  /** Settles when the other side has closed the connection. */
  closed: Promise<void>;
  end(): void;
}

/** Connects to the database that a URI names. */
export async function rawClient(uri: string): Promise<RawClient> {
  const { hostname, port } = new URL(uri);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  let wake = (): void => {};
  socket.on('data', (piece) => {
    received = Buffer.concat([received, piece as Buffer]);
    wake();
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
      wake();
    });
  });

  const answer: RawClient['answer'] = async () => {
    while (received.length < 16 || received.length < received.readInt32LE(0)) {
      if (socket.destroyed) throw new Error('the connection was closed');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const length = received.readInt32LE(0);
    const opCode = received.readInt32LE(12);
    const document = BSON.deserialize(received.subarray(opCode === 1 ? 36 : 21, length));
    const responseTo = received.readInt32LE(8);
    received = received.subarray(length);
    return { opCode, responseTo, document };
  };

  return {
    answer,
    closed,
    send: (bytes) => {
      socket.write(bytes);
    },
    async command(document, sequences = {}, flags = 0) {
      socket.write(message(document, sequences, flags));
      return (await answer()).document;
    },
    end: () => socket.destroy(),
  };
}

/** The bytes of an OP_MSG. */
export function message(document: Document, sequences: Record<string, Document[]> = {}, flags = 0): Buffer {
  const sections = [Buffer.of(0), BSON.serialize(document)];
  for (const [name, documents] of Object.entries(sequences)) {
    const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((each) => BSON.serialize(each))]);
    const size = Buffer.alloc(4);
    size.writeInt32LE(content.length + 4);
    sections.push(Buffer.of(1), size, content);
  }
  const flagBits = Buffer.alloc(4);
  flagBits.writeUInt32LE(flags);
  return framed(2013, Buffer.concat([flagBits, ...sections]));
}

/** Any content under a header; the length may lie. */
export function framed(opCode: number, content: Buffer, length: number = content.length + 16): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, content]);
}

/** A new logical session. */
export function session(): { id: UUID } {
  return { id: new UUID() };
}

/** The number of a retryable write or a transaction. */
export function numberOf(value: number): Long {
  return Long.fromNumber(value);
}
