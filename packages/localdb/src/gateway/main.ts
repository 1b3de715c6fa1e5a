// The process that owns one engine: it keeps the server running, serves MongoDB's protocol on the loopback address,
// and ends with both when its parent goes, since then the pipe of its standard input closes.
import { rm } from 'node:fs/promises';
import { type Cluster, openCluster } from '../documentdb/cluster.ts';
import type { Folders } from '../documentdb/folders.ts';
import { type GatewayServer, serve } from './server.ts';

/** What the parent asks for, as the only argument. */
export interface ServiceOrder {
  folders: Folders;
  /** The folder of the data directory and the logs. */
  home: string;
  /** Whether `home` is thrown away at the end. */
  fresh: boolean;
  port: number;
  settings?: Record<string, string>;
}

const order = JSON.parse(process.argv[2] ?? '{}') as ServiceOrder;
const { cluster, server } = await start().catch((error) => {
  // The last line of the log is what the parent repeats.
  process.stderr.write(`${String(error?.message ?? error).replace(/\s+/g, ' ')}\n`);
  process.exit(1);
});
let ending = false;

async function start(): Promise<{ cluster: Cluster; server: GatewayServer }> {
  const cluster = await openCluster(order.folders, order.home, order.settings);
  return { cluster, server: await serve(cluster.socketFolder, order.port) };
}

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await server.close();
  await cluster.close(order.fresh ? 'immediate' : 'fast');
  if (order.fresh) await rm(order.home, { recursive: true, force: true });
  process.exit(0);
}

process.stdin.resume();
process.stdin.once('end', end);
process.stdin.once('error', end);
process.once('SIGTERM', end);
process.once('SIGINT', end);
process.stdout.on('error', () => {});
process.stdout.write(
  `${JSON.stringify({ port: server.port, serverPid: cluster.pid(), socketFolder: cluster.socketFolder })}\n`,
);
