import { BSON, type Document } from 'bson';
import { checksum } from './checksum.ts';

/** A message that breaks the protocol; the connection it came on is closed. */
export class ProtocolError extends Error {}

/** One command as it arrived. The documents of a large batch stay undecoded. */
export interface Message {
  requestId: number;
  /** Whether the first handshake's old form was used, which wants its answer in the old form too. */
  legacy: boolean;
  /** A client that does not wait for an answer. */
  unacknowledged: boolean;
  /** The command as its bytes, for the engine. */
  body: Buffer;
  /** The command, decoded. Integers of 64 bits are bigint. */
  command: Document;
  /** Documents sent beside the command, by the name of the field they belong to. */
  sequences: Map<string, Buffer>;
}

const HEADER = 16;
/** What the handshake promises as the largest message. */
export const MAX_MESSAGE_BYTES = 48_000_000;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME;

/** Cuts a stream of bytes into messages; the pieces may be cut anywhere. */
export class MessageReader {
  #pieces: Buffer[] = [];
  #size = 0;
  #wanted = HEADER;

  /** Takes the next bytes and returns the messages that are whole now. */
  take(piece: Buffer): Message[] {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#wanted) return [];
    let bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces, this.#size);
    const messages: Message[] = [];
    this.#wanted = HEADER;
    while (bytes.length >= HEADER) {
      const length = bytes.readInt32LE(0);
      if (length < HEADER + 5 || length > MAX_MESSAGE_BYTES)
        throw new ProtocolError(`a message cannot have ${length} bytes`);
      this.#wanted = length;
      if (bytes.length < length) break;
      messages.push(readMessage(bytes.subarray(0, length)));
      bytes = bytes.subarray(length);
      this.#wanted = HEADER;
    }
    this.#pieces = bytes.length > 0 ? [bytes] : [];
    this.#size = bytes.length;
    return messages;
  }
}

function readMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const opCode = bytes.readInt32LE(12);
  if (opCode === OP_MSG) return { requestId, legacy: false, ...readSections(bytes) };
  if (opCode === OP_QUERY) {
    const nameEnd = bytes.indexOf(0, HEADER + 4);
    if (nameEnd < 0) throw new ProtocolError('a name without an end');
    const body = readDocument(bytes, nameEnd + 9);
    return { requestId, legacy: true, unacknowledged: false, body, command: decode(body), sequences: new Map() };
  }
  throw new ProtocolError(`unknown operation ${opCode}`);
}

function readSections(bytes: Buffer): Pick<Message, 'unacknowledged' | 'body' | 'command' | 'sequences'> {
  const flags = bytes.readUInt32LE(HEADER);
  if ((flags & 0xffff & ~KNOWN_REQUIRED_FLAGS) !== 0)
    throw new ProtocolError(`unknown required flags ${flags & 0xffff}`);
  let end = bytes.length;
  if (flags & CHECKSUM_PRESENT) {
    end -= 4;
    if (checksum(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) throw new ProtocolError('the checksum is wrong');
  }
  let body: Buffer | undefined;
  const sequences = new Map<string, Buffer>();
  let at = HEADER + 4;
  while (at < end) {
    const kind = bytes[at];
    at += 1;
    if (kind === 0 && !body) {
      body = readDocument(bytes.subarray(0, end), at);
      at += body.length;
    } else if (kind === 1 && at + 4 <= end) {
      const size = bytes.readInt32LE(at);
      const nameEnd = bytes.indexOf(0, at + 4);
      if (size < 5 || at + size > end || nameEnd < 0 || nameEnd >= at + size)
        throw new ProtocolError('a section is cut off');
      sequences.set(bytes.toString('utf8', at + 4, nameEnd), bytes.subarray(nameEnd + 1, at + size));
      at += size;
    } else {
      throw new ProtocolError(`a section of kind ${kind}`);
    }
  }
  if (!body) throw new ProtocolError('a message without a command');
  return { unacknowledged: (flags & MORE_TO_COME) !== 0, body, command: decode(body), sequences };
}

function readDocument(bytes: Buffer, at: number): Buffer {
  if (at + 5 > bytes.length) throw new ProtocolError('a document is cut off');
  const length = bytes.readInt32LE(at);
  if (length < 5 || at + length > bytes.length) throw new ProtocolError('a document has a wrong length');
  return bytes.subarray(at, at + length);
}

function decode(body: Buffer): Document {
  try {
    return BSON.deserialize(body, {
      useBigInt64: true,
      bsonRegExp: true,
      promoteBuffers: false,
      validation: { utf8: false },
    });
  } catch (error) {
    throw new ProtocolError(`not a BSON document: ${(error as Error).message}`);
  }
}

let lastReplyId = 0;

/** An answer in the form that the question had. */
export function writeReply(question: Message, document: Buffer): Buffer {
  const prefix = question.legacy ? HEADER + 20 : HEADER + 5;
  const head = Buffer.alloc(prefix);
  lastReplyId = (lastReplyId + 1) | 0;
  head.writeInt32LE(prefix + document.length, 0);
  head.writeInt32LE(lastReplyId, 4);
  head.writeInt32LE(question.requestId, 8);
  head.writeInt32LE(question.legacy ? OP_REPLY : OP_MSG, 12);
  if (question.legacy) {
    head.writeInt32LE(8, HEADER); // AwaitCapable
    head.writeInt32LE(1, HEADER + 16); // one document
  }
  return Buffer.concat([head, document]);
}
