import {
  type Anchor,
  type ErasureReceipt,
  type Kept,
  memoryAnchor,
  memoryFiles,
  memoryKeys,
  memoryLedger,
  memoryMailer,
  settableClock,
} from '@kept/core';
import { erasureReceiptOf } from '../support/erasureReceiptOf.ts';
import { type Scene, START } from '../support/scene.ts';
import type { Cast } from './erasureStory.ts';

export interface Stage extends Scene {
  readonly anchor: Anchor;
  /** Where packages wait. */
  readonly packages: ReturnType<typeof memoryFiles>;
}

/** The same database without a document in it, and new edges. */
export async function emptied(the: Scene): Promise<Stage> {
  for (const { name } of await the.db.listCollections({}, { nameOnly: true }).toArray()) {
    await the.db.collection(name).deleteMany({});
  }
  const mailer = memoryMailer();
  const [clock, media, packages, keys, ledger, anchor] = [
    settableClock(START),
    memoryFiles(),
    memoryFiles(),
    memoryKeys(),
    memoryLedger(),
    memoryAnchor(),
  ];
  const edges = { clock, keys, ledger, anchor, mail: mailer, files: { media }, packages };
  return {
    ...the,
    ...{ clock, media, packages, keys, ledger, anchor, mailer },
    restart: (more = {}) => the.restart({ ...edges, ...more }),
  };
}

/** What must come out the same, whether or not a process died on the way. */
export interface Outcome {
  readonly host: Readonly<Record<string, number>>;
  readonly files: { readonly hers: number; readonly bens: number };
  readonly request: { readonly status?: string; readonly answered: boolean; readonly leased: boolean };
  readonly tickets: readonly string[];
  readonly events: readonly string[];
  readonly letters: readonly string[];
  readonly receipt: readonly string[];
  readonly open: {
    readonly units: number;
    readonly pending: number;
    readonly findings: number;
    readonly mails: number;
  };
  readonly keys: { readonly inquiry: boolean };
  readonly ledger: number;
  readonly evidence: { readonly ok: boolean };
}

const HOST = ['users', 'generations', 'apiKeys', 'apiLogs', 'sessions', 'payments'];

export async function outcomeOf(the: Stage, kept: Kept, people: Cast): Promise<Outcome> {
  const { db } = the;
  const [request] = (await kept.requests.list()).items;
  const id = request?._id ?? '';
  const counts = await Promise.all(
    HOST.map(async (name) => [name, await db.collection(name).countDocuments()] as const),
  );
  const here = async (files: readonly string[]): Promise<number> =>
    (await Promise.all(files.map((file) => the.media.has(file)))).filter(Boolean).length;
  const receipt = await erasureReceiptOf(kept, id);
  const verified = await kept.evidence.verify();
  const pending = await Promise.all(
    (await db.listCollections({}, { nameOnly: true }).toArray())
      .filter(({ name }) => name.startsWith('kept_'))
      .map(({ name }) => db.collection(name).countDocuments({ 'pending.0': { $exists: true } })),
  );
  const mails = await db.collection('kept_mails').countDocuments();
  return {
    host: {
      ...Object.fromEntries(counts),
      detached: await db.collection('payments').countDocuments({ userId: { $exists: false } }),
      remixes: await db.collection('generations').countDocuments({ parentId: { $exists: false } }),
    },
    files: { hers: await here(people.files), bens: await here(people.benFiles) },
    request: {
      ...(request && { status: request.status }),
      answered: request?.answerSentAt !== undefined,
      leased: request?.lease !== undefined,
    },
    tickets: (await kept.tickets.queue({ status: 'closed' })).items.map((ticket) => ticket.kind),
    events: (await kept.evidence.entries({ kind: 'requests', id })).map((entry) => entry.type),
    letters: [...new Map(the.mailer.sent.map((letter) => [letter.messageId, letter.subjectLine])).values()]
      .map(plain)
      .sort(),
    receipt: linesOf(receipt),
    open: {
      units: await db.collection('kept_units').countDocuments({ state: 'open' }),
      pending: pending.reduce((sum, each) => sum + each, 0),
      findings: (await kept.findings.open()).length,
      mails,
    },
    keys: { inquiry: (await the.keys.get(people.inquiryKey)) !== undefined },
    ledger: (await the.ledger.entries()).length,
    evidence: { ok: verified.ok },
  };
}

function linesOf(receipt: ErasureReceipt | undefined): string[] {
  return (receipt?.lines ?? []).map(
    ({ collection, action, found, done, left, files }) =>
      `${collection} ${action} ${found}=${done}+${left}, files ${files.done}/${files.found}`,
  );
}

function plain(subjectLine: string): string {
  return subjectLine.replaceAll(/K-[0-9A-F]+/g, 'K');
}

/** What a dead process left behind must not say more than was done. Answers the lie, if there is one. */
export async function lieOf(the: Stage, people: Cast): Promise<string | undefined> {
  const [request] = await the.db.collection('kept_requests').find().toArray();
  const hers = await the.db.collection('users').countDocuments({ _id: people.mara.id });
  const videos = await the.db.collection('generations').countDocuments({ userId: people.mara.id });
  if (request?.status === 'fulfilled' && hers + videos > 0) return 'fulfilled, and records are still there';
  if (request?.answerSentAt && !(await the.db.collection('kept_receipts').countDocuments()))
    return 'answered without a receipt';
  for (const unit of await the.db.collection('kept_units').find({ state: 'done', action: 'erase' }).toArray()) {
    const left = await the.db.collection(unit.collection).countDocuments({ _id: { $in: unit.ids } });
    const files = await Promise.all(
      unit.files.map(({ key }: { key: string }) => !people.benFiles.includes(key) && the.media.has(key)),
    );
    if (left > 0 || files.includes(true)) return `a unit of ${unit.collection} is called done and is not`;
  }
  return undefined;
}
