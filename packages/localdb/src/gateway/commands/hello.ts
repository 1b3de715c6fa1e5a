import { type Document, ObjectId, Timestamp } from 'bson';
import type { Call } from '../call.ts';
import { MAX_MESSAGE_BYTES } from '../wire.ts';

/** The replica set that the gateway presents itself as: its only member. */
export const REPLICA_SET = 'rs0';

const ELECTION = new ObjectId('7fffffff0000000000000001');

/** The handshake. It has no `topologyVersion`, so that drivers ask again now and then instead of waiting for news. */
export function hello(call: Call): Document {
  const { address } = call.connection;
  const now = new Date();
  return {
    helloOk: true,
    ...(call.name === 'hello' ? {} : { ismaster: true }),
    isWritablePrimary: true,
    secondary: false,
    setName: REPLICA_SET,
    setVersion: 1,
    hosts: [address],
    me: address,
    primary: address,
    electionId: ELECTION,
    lastWrite: {
      opTime: { ts: new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }), t: 1 },
      lastWriteDate: now,
    },
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    connectionId: call.connection.id,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}
