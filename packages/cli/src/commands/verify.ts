import { resolve } from 'node:path';
import {
  type AnswerReceipt,
  answerFaults,
  type DeliveryReceipt,
  type ErasureReceipt,
  loadPublicKeys,
  openDocument,
  type PackageManifest,
  receiptFaults,
  type TransferManifest,
  verifySignature,
} from '@kept/core';
import { ANSWERED, type Args, BAD_NEWS, type Command } from '../command.ts';
import { checkInputs, readInput } from '../inputs.ts';
import type { Io } from '../io.ts';
import { keysBeside } from '../keysBeside.ts';
import { answer, columns, paint } from '../output.ts';
import { summariseAnswer } from '../summariseAnswer.ts';
import { isPackageManifest, isZip, verifyPackage } from '../verifyPackage.ts';

interface Verdict {
  readonly ok: boolean;
  readonly kind?: 'receipt' | 'answer' | 'transfer' | 'package' | 'delivery';
  readonly keyId?: string;
  /** `not-canonical`, `unknown-signer`, `bad-signature` and the like; `not-a-receipt`; `faults`. */
  readonly why?: string;
  readonly faults?: readonly string[];
  readonly document?: object;
}

const SAYS: Readonly<Record<string, string>> = {
  'not-text': 'it is not text',
  'not-json': 'it is no JSON',
  'not-canonical': 'its bytes are not the canonical form: something was changed, added or laid out anew',
  'not-signed': 'it carries no signature of the known form',
  'unknown-signer': 'it was signed by a key that is not in the list',
  'bad-signature': 'the signature does not fit: content or signature was changed',
  'not-a-receipt': 'it is signed, and no receipt or manifest of a known format',
  'not-a-zip': 'it begins like a ZIP file and cannot be read as one: it was cut short or damaged',
  'no-manifest': 'it is a ZIP file without a manifest of ours',
  faults: 'its signed part is ours, and the rest does not agree with it',
};

export const verify: Command = {
  name: 'verify',
  usage: 'FILE [--keys FILE]',
  about: [
    'Without --keys the list signing.public.json is taken from beside FILE, or from the keys of KEPT_HOME (./.kept).',
    'A list that came together with the file proves no more than that they belong together: compare the key id',
    'with the one that the service publishes. FILE may also be a package that somebody was sent: then each file in the ZIP',
    'is compared with the signed list in it.',
  ],
  takes: [1, 1],
  options: { keys: { type: 'string', value: 'FILE', help: 'public keys of those who may have signed' } },
  async run(args, io) {
    const [file = ''] = args.positionals;
    await checkInputs([file], io);
    const path = await keysOf(args, file, io);
    const keys = await loadPublicKeys(path);
    const byId = Object.fromEntries(keys.map((key) => [key.keyId, key.publicKey]));

    const at = resolve(io.cwd, file);
    const isPackage = file !== '-' && (await isZip(at));
    const verdict = isPackage ? await judgePackage(at, byId) : judge(await readInput(file, io), byId);
    answer(io, args, verdict, () => forPeople(verdict, path, io));
    return verdict.ok ? ANSWERED : BAD_NEWS;
  },
};

async function keysOf(args: Args, file: string, io: Io): Promise<string> {
  const given = args.text('keys');
  if (given === undefined) return keysBeside(file, io);
  await checkInputs([given], io);
  return resolve(io.cwd, given);
}

type Signed = ErasureReceipt | AnswerReceipt | TransferManifest | PackageManifest | DeliveryReceipt;

async function judgePackage(path: string, keys: Readonly<Record<string, string>>): Promise<Verdict> {
  const verdict = await verifyPackage(path, keys);
  if (!verdict.ok) return { kind: 'package', ...verdict };
  const { keyId, manifest } = verdict;
  return { ok: true, kind: 'package', keyId, document: packageSummaryOf(manifest) };
}

function judge(bytes: Uint8Array, keys: Readonly<Record<string, string>>): Verdict {
  const opened = openDocument<Signed>(bytes, keys, verifySignature);
  if (!opened.ok) return { ok: false, why: opened.why };
  const { document, keyId } = opened;
  if (document?.format === 'kept-transfer/1') {
    const transfer = transferSummaryOf(document);
    if (transfer) return { ok: true, kind: 'transfer', keyId, document: transfer };
  }
  if (document?.format === 'kept-package/1' && isPackageManifest(document))
    return { ok: true, kind: 'package', keyId, document: packageSummaryOf(document) };
  if (document?.format === 'kept-delivery/1' && Array.isArray(document.parts))
    return { ok: true, kind: 'delivery', keyId, document: deliverySummaryOf(document) };
  const receipt = readReceipt(document);
  if (!receipt) return { ok: false, why: 'not-a-receipt', keyId };
  const { kind, faults, summary } = receipt;
  return faults.length > 0
    ? { ok: false, kind, keyId, why: 'faults', faults }
    : { ok: true, kind, keyId, document: summary };
}

/** Undefined where it is no receipt at all: somebody's key may have signed anything. */
function readReceipt(
  document: Signed,
): { readonly kind: 'answer' | 'receipt'; readonly faults: readonly string[]; readonly summary: object } | undefined {
  try {
    if (document.format === 'kept-answer/1')
      return { kind: 'answer', faults: answerFaults(document), summary: summariseAnswer(document) };
    if (document.format === 'kept-receipt/1')
      return { kind: 'receipt', faults: receiptFaults(document), summary: summaryOf(document) };
    return undefined;
  } catch {
    return undefined;
  }
}

/** What a successor received; each file is compared by its own sum. Undefined where it is no manifest at all. */
function transferSummaryOf({
  format,
  service,
  transfer,
  successor,
  reference,
  ...rest
}: TransferManifest): object | undefined {
  if (!Array.isArray(rest.files)) return undefined;
  const sums = Object.fromEntries(rest.files.map(({ name, sha256 }) => [name, sha256]));
  return { format, service, transfer, successor, reference, people: rest.people, ...sums };
}

function packageSummaryOf({ format, service, request, madeAt, part, isLast, files, missing }: PackageManifest): object {
  return {
    ...{ format, service, request: request.id, right: request.right, madeAt, part, isLast },
    files: files.length,
    records: files.reduce((sum, { records = 0 }) => sum + records, 0),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    missing: missing.length,
  };
}

function deliverySummaryOf({ format, service, request, deliveredAt, road, parts }: DeliveryReceipt): object {
  const sums = Object.fromEntries(parts.map(({ part, sha256 }) => [`part ${part}`, sha256]));
  return { format, service, request: request.id, right: request.right, deliveredAt, road, ...sums };
}

function summaryOf(receipt: ErasureReceipt): object {
  const { format, service, request, policy, startedAt, endedAt, lines, residue, recipients, notClaimed } = receipt;
  const total = (pick: (line: ErasureReceipt['lines'][number]) => number): number =>
    lines.reduce((sum, line) => sum + pick(line), 0);
  return {
    format,
    service,
    request: request.id,
    right: request.right,
    receivedAt: request.receivedAt,
    startedAt,
    endedAt,
    policy: `${policy.pack} ${policy.version}`,
    found: total(({ found }) => found),
    done: total(({ done }) => done),
    left: total(({ left }) => left),
    files: total(({ files }) => files.done),
    residue: residue.found,
    ...(residue.looked && { looked: residue.looked.length, notLooked: residue.notLooked?.length ?? 0 }),
    ...(recipients && { recipients: recipients.length }),
    notClaimed: notClaimed.length,
  };
}

function forPeople({ ok, why = '', keyId, faults = [], document = {} }: Verdict, keys: string, io: Io): string {
  if (!ok) {
    const list = columns(faults.map((fault) => [`  ${fault}`]));
    return `${paint(io, 'bad', 'not genuine')}: ${SAYS[why] ?? why} (${why})\n${list}`;
  }
  const rows = Object.entries(document).map(([name, value]) => [`  ${name}`, String(value)]);
  return `${paint(io, 'good', 'genuine')}: signed by ${keyId}, unchanged\n${columns(rows)}  keys from ${keys}\n`;
}
