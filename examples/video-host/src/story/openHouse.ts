import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { settableClock } from '@kept/core';
import type { Connection } from 'mongoose';
import type { Media } from '../media/media.ts';
import { startVideoHost, type VideoHostServer } from '../server.ts';
import type { SeededPerson, Variant } from '../variant.ts';
import { type ClockDesk, openClockDesk } from './clockDesk.ts';
import { StoryBroken } from './expect.ts';
import { narrator } from './narrator.ts';
import type { Stage } from './stage.ts';

export interface StoryOptions {
  readonly mongodbUri: string;
  readonly database: string;
  readonly dir: string;
  readonly write: (text: string) => void;
  readonly color: boolean;
  readonly verify: Stage['verify'];
  readonly port?: number;
  /** How many days go by at the end of a short story; 35 where absent, in which every period of a month ends. */
  readonly days?: number;
  /** Whether the house stays up after the story, with its jobs running by themselves. */
  readonly stayUp: boolean;
}

/** The house after the story: it stays up until it is closed. */
export interface StoryTold {
  readonly server: VideoHostServer;
  readonly supportAddress: string;
  readonly desk: ClockDesk;
  readonly logins: readonly { readonly where: string; readonly name: string; readonly password: string }[];
  close(): Promise<void>;
}

interface Cast {
  readonly people: Readonly<Record<string, SeededPerson>>;
  /** Whose story it is: that person is gone at its end. */
  readonly protagonist: string;
}

interface Plot<C extends Cast> {
  readonly variant: Variant;
  seed(scene: { readonly connection: Connection; readonly media: Media; readonly now: Date }): Promise<C>;
  tell(stage: Stage<C>): Promise<void>;
}

const PASSWORD = 'keep every promise';

/**
 * Starts host, mailbox, jobs and console on real parts, with people in the app and in the console, and has a story told in
 * it. Throws at the first thing that does not hold, with nothing left open.
 */
export async function openHouse<C extends Cast>(
  { variant, seed, tell }: Plot<C>,
  options: StoryOptions,
): Promise<StoryTold> {
  const { dir, write, color, verify } = options;
  const clock = settableClock(undefined, { running: true });
  const started = clock.now();
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const moved = (): boolean => clock.now().getTime() - started.getTime() > 12 * 3_600_000;
  const house = path.join(dir, 'house');
  const server = await startVideoHost({
    variant,
    mongodbUri: options.mongodbUri,
    database: options.database,
    dir: house,
    port: options.port ?? 0,
    clock,
    mode: 'enforce',
    startJobs: false,
    banner: () =>
      moved()
        ? `Demo: the clock was set forward to ${clock.now().toISOString().slice(0, 16).replace('T', ' ')} UTC`
        : 'Demo',
  });
  try {
    const { kept, connection, media } = server;
    const cast = await seed({ connection, media, now: clock.now() });
    const [agent, lead] = [
      await kept.staff.add({ email: 'ada@staff.test', name: 'Ada Okafor', role: 'agent', password: PASSWORD }),
      await kept.staff.add({ email: 'lin@staff.test', name: 'Lin Novak', role: 'lead', password: PASSWORD }),
    ];
    const { zone } = kept.policy.controller;
    const say = narrator({ write, now: () => clock.now(), zone, color });
    const stage = { server, clock, cast, dir: house, staff: { agent, lead, password: PASSWORD }, say, verify };

    await tell(stage).catch((error: unknown) => {
      throw new StoryBroken(`${say.place()}: ${(error as Error).message}`, { cause: error });
    });

    if (options.stayUp) await server.agenda.start();
    const desk = await openClockDesk(kept, clock);
    const visitors = Object.entries(cast.people).flatMap(([key, { email, password }]) =>
      password && key !== cast.protagonist ? [{ where: 'app', name: email, password }] : [],
    );
    return {
      server,
      supportAddress: variant.supportAddress,
      desk,
      logins: [
        { where: 'console, agent', name: agent.email, password: PASSWORD },
        { where: 'console, privacy lead', name: lead.email, password: PASSWORD },
        ...visitors.slice(0, 1),
      ],
      async close() {
        await desk.close();
        await clearAway(server);
      },
    };
  } catch (error) {
    await clearAway(server);
    throw error;
  }
}

/** The demo's own database goes with it: it may stand on a server that stays. */
async function clearAway(server: VideoHostServer): Promise<void> {
  await server.agenda.stop();
  await server.connection.dropDatabase();
  await server.close();
}
