import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response, type Router } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { PackageState, PackageWay, PartDownload } from '../engine/keptPackages.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { World } from '../engine/world.ts';
import type { Right } from '../kernel/classify/right.ts';
import { isKeptError } from '../kernel/keptError.ts';
import type { Send } from './pages.ts';

/** Where the pages of a package stand, and how whoever comes there may open it. */
interface Entrance {
  readonly path: string;
  /** Whoever comes there is signed in, and has other pages of their own. */
  readonly isOwn: boolean;
  wayOf(req: Request): PackageWay;
}

/**
 * Where a package is fetched: by the link of the letter, or signed in. Looking changes nothing, and a part cannot be
 * downloaded before somebody pressed its button: programs that try every link of a letter leave no trace of a delivery.
 */
export function packagePages(
  kept: Kept,
  world: World,
  demandSubject: (req: Request) => string,
  asked: Readonly<Record<Right, string>>,
  send: Send,
): Router {
  const router = express.Router();
  const entrances: readonly Entrance[] = [
    { path: '/package', isOwn: false, wayOf: (req) => ({ token: String(req.params.id), from: req.ip ?? 'nowhere' }) },
    { path: '/packages', isOwn: true, wayOf: (req) => ({ subject: demandSubject(req), id: String(req.params.id) }) },
  ];

  for (const { path, isOwn, wayOf } of entrances) {
    const here = (req: Request): string => `${req.baseUrl}${path}/${encodeURIComponent(String(req.params.id))}`;

    router.get(`${path}/:id`, async (req, res) => {
      const found = await kept.packages.open(wayOf(req));
      if (found.state === 'expired') res.status(410);
      if (req.accepts(['html', 'json']) === 'json') return void res.json(found);
      send(req, res, 'package', 'Your data', {
        ...present(world, found),
        asked: asked[found.right],
        here: here(req),
        isOwn,
      });
    });

    router.post(`${path}/:id/part/:part`, async (req, res) => {
      await kept.packages.ask(wayOf(req), Number(req.params.part));
      res.redirect(303, `${here(req)}/part/${Number(req.params.part)}`);
    });

    router.get(`${path}/:id/part/:part`, async (req, res) => {
      if (req.method === 'HEAD') return void res.status(405).set('Allow', 'GET, POST').end();
      const way = wayOf(req);
      const { parts } = await kept.packages.open(way);
      const from = firstByte(req, parts[Number(req.params.part) - 1]?.sha256);
      const download = await kept.packages.download(way, Number(req.params.part), from).catch(notAskedFor);
      if (download) await sendPart(world, res, download);
      else res.redirect(303, here(req));
    });

    router.get(`${path}/:id/receipt`, async (req, res) => {
      const receipt = await kept.packages.receipt(wayOf(req));
      if (receipt === undefined) return res.redirect(303, here(req));
      res.type('json').set('Content-Disposition', 'attachment; filename="delivery.json"').send(receipt);
    });
  }
  return router;
}

/** The whole part, or the rest of it where a download goes on; what got through is told at the end, however it ends. */
async function sendPart(world: World, res: Response, download: PartDownload): Promise<void> {
  const { name, sha256, bytes, from, content } = download;
  res.type('application/zip').set({
    'Content-Disposition': `attachment; filename="${name}"`,
    'Content-Length': String(bytes - from),
    'Accept-Ranges': 'bytes',
    ETag: `"${sha256}"`,
  });
  if (from > 0) res.status(206).set('Content-Range', `bytes ${from}-${bytes - 1}/${bytes}`);

  let reached = from;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      yield piece;
      reached += piece.byteLength;
    }
  }
  // Whoever went away hears no answer, and what was broken at our end is a finding already.
  const broke = (error: unknown): void => {
    const code = isKeptError(error) ? error.code : String((error as { code?: unknown }).code ?? 'Error');
    world.log({ level: 'warn', event: 'package.broke-off', code });
    reached = Math.min(reached, bytes - 1);
  };
  await pipeline(Readable.from(counted(), { objectMode: false }), res).catch(broke);
  await download.ended(reached).catch(broke);
}

/** Where a download goes on: one range to the end, of this very part. Anything else gets the whole of it, which is allowed. */
function firstByte(req: Request, sha256: string | undefined): number {
  const from = /^bytes=(\d{1,15})-$/.exec(req.get('range') ?? '')?.[1];
  const ifRange = req.get('if-range');
  return from === undefined || (ifRange !== undefined && ifRange !== `"${sha256}"`) ? 0 : Number(from);
}

function notAskedFor(error: unknown): undefined {
  if (!isKeptError(error) || error.code !== 'PACKAGE_CONFLICT') throw error;
}

function present(world: World, { state, readyAt, availableUntil, deliveredAt, parts, ...found }: PackageState): object {
  const { records, files, bytes, missing } = found;
  return {
    ...{ records, files, missing },
    isReady: state === 'ready',
    isOver: state === 'expired',
    size: sizeOf(bytes),
    madeOn: readyAt && dayOf(world, readyAt),
    until: availableUntil && dayOf(world, availableUntil),
    deliveredOn: deliveredAt && dayOf(world, deliveredAt),
    parts: parts.map((part) => ({
      ...{ number: part.number, sha256: part.sha256 },
      size: sizeOf(part.bytes),
      sentOn: part.sentAt && dayOf(world, part.sentAt),
    })),
  };
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
