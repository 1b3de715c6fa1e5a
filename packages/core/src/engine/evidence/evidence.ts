import { type ChainedEvidence, type ChainHead, commit, GENESIS, verifyChain } from '../../kernel/evidence/chain.ts';
import { KeptError } from '../../kernel/keptError.ts';
import type { Evidence } from '../kept.ts';
import type { Anchor } from '../ports/edges.ts';
import type { EvidenceDetails, EvidenceEntry, PendingEvent, Stored } from '../stored.ts';
import type { World } from '../world.ts';
import { PARTITION, sequencePending } from './sequencer.ts';

const BATCH = 1000;

export function evidence(world: World): Evidence {
  return {
    async sequence() {
      return { chained: await sequenceEvidence(world) };
    },

    async anchor() {
      const head = await evidenceHead(world);
      const last = await world.anchor.last(world.service, PARTITION);
      if (head.seq === 0 || last?.seq === head.seq) return undefined;
      const signer = await world.keys.signer();
      const at = world.clock.now().toISOString();
      const signature = signer.sign(anchoredText(world.service, { ...head, at }));
      await world.anchor.write({ service: world.service, ...head, at, keyId: signer.keyId, signature });
      return { seq: head.seq };
    },

    verify: () => verifyEvidence(world),

    async entries(aggregate) {
      return world.records.collection<EvidenceEntry>('evidence').find(
        {
          service: world.service,
          partition: PARTITION,
          ...(aggregate && { 'aggregate.kind': aggregate.kind, 'aggregate.id': aggregate.id }),
        },
        { sort: { seq: 1 } },
      );
    },
  };
}

/** Puts all that is pending into the chain now. */
export async function sequenceEvidence(world: World): Promise<number> {
  return sequencePending(world);
}

/** The same, for a step that may only go on once all of it is in. Throws EVIDENCE_CONFLICT where another worker is at it. */
export async function settleEvidence(world: World, documents: readonly Stored[]): Promise<void> {
  if (documents.every((each) => each.pending.length === 0)) return;
  await sequencePending(world);
  if (
    !(await isPending(
      world,
      documents.flatMap((each) => each.pending),
    ))
  )
    return;
  throw new KeptError('EVIDENCE_CONFLICT', 'Another worker is writing the evidence chain', {
    place: 'evidence',
    remedy: 'Nothing: the step is tried again with the next round.',
  });
}

async function isPending(world: World, events: readonly PendingEvent[]): Promise<boolean> {
  const ids = [...new Set(events.map((each) => each.id))];
  const chained = await world.records.collection<EvidenceEntry>('evidence').count({ _id: { in: ids } });
  return chained < ids.length;
}

/** Takes the details of what is erased out of the evidence; the chain itself stays whole. */
export async function scrubEvidence(world: World, aggregates: readonly string[]): Promise<void> {
  const where = { service: world.service, 'aggregate.id': { in: aggregates } };
  const entries = await world.records.collection<EvidenceEntry>('evidence').find(where);
  const ids = entries.map((entry) => entry._id);
  if (ids.length > 0) await world.records.collection<EvidenceDetails>('evidenceDetails').remove({ _id: { in: ids } });
}

/** The last place of the chain. */
export async function evidenceHead(world: World): Promise<ChainHead & { partition: string }> {
  const where = { service: world.service, partition: PARTITION };
  const [last] = await world.records.collection<EvidenceEntry>('evidence').find(where, { sort: { seq: -1 }, limit: 1 });
  return { partition: PARTITION, seq: last?.seq ?? GENESIS.seq, hash: last?.hash ?? GENESIS.hash };
}

/** What an anchor signs. */
export function anchoredText(
  service: string,
  head: { partition: string; seq: number; hash: string; at: string },
): string {
  return `kept-anchor/1 ${service} ${head.partition} ${head.seq} ${head.hash} ${head.at}`;
}

/** Walks the whole chain, compares each commitment with the details that are still there, and the end with the anchor. */
async function verifyEvidence(world: World): Promise<{ ok: boolean; entries: number; why?: string }> {
  const records = world.records.collection<EvidenceEntry>('evidence');
  const anchor = await world.anchor.last(world.service, PARTITION);
  if (anchor && !(await isSignedByUs(world, anchor))) {
    return { ok: false, entries: 0, why: `the anchor at ${anchor.seq} is not signed by this installation` };
  }
  const sha256 = (text: string): string => world.crypto.sha256(text);
  let head: ChainHead = GENESIS;
  let entries = 0;
  let anchored = anchor === undefined;
  for (;;) {
    const where = { service: world.service, partition: PARTITION, seq: { after: head.seq } } as const;
    const batch = await records.find(where, { sort: { seq: 1 }, limit: BATCH });
    if (batch.length === 0) break;
    const verdict = verifyChain(batch.map(chainPart), sha256, head);
    if (!verdict.ok) return { ok: false, entries, why: `entry ${verdict.brokenAt}: ${verdict.why}` };

    const spoiled = await spoiledCommitment(world, batch);
    if (spoiled) return { ok: false, entries, why: `entry ${spoiled.seq}: details` };
    anchored ||= batch.some((entry) => entry.seq === anchor?.seq && entry.hash === anchor.hash);
    head = verdict.head;
    entries += batch.length;
  }
  return anchored
    ? { ok: true, entries }
    : { ok: false, entries, why: `the anchor at ${anchor?.seq} does not fit the chain` };
}

/** A head that somebody else wrote into the anchor proves nothing. */
async function isSignedByUs(world: World, anchor: NonNullable<Awaited<ReturnType<Anchor['last']>>>): Promise<boolean> {
  const { keyId, publicKey } = await world.keys.signer();
  const text = anchoredText(world.service, { ...anchor, partition: PARTITION });
  return anchor.keyId === keyId && world.crypto.verify(publicKey, text, anchor.signature);
}

async function spoiledCommitment(world: World, batch: readonly EvidenceEntry[]): Promise<EvidenceEntry | undefined> {
  const details = await world.records
    .collection<EvidenceDetails>('evidenceDetails')
    .find({ _id: { in: batch.map((entry) => entry._id) } });
  const byId = new Map(details.map((each) => [each._id, each]));
  return batch.find((entry) => {
    const kept = byId.get(entry._id);
    return kept && commit(kept.details, kept.salt, (text) => world.crypto.sha256(text)) !== entry.commitment;
  });
}

function chainPart(entry: EvidenceEntry): ChainedEvidence {
  const { _id: id, partition, seq, at, type, aggregate, commitment, prev, hash } = entry;
  return { id, partition, seq, at, type, aggregate, commitment, prev, hash };
}
