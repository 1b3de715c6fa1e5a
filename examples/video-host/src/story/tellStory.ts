import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { settableClock } from '@kept/core';
import { seedStory } from '../seed.ts';
import { startVideoHost, type VideoHostServer } from '../server.ts';
import { type ClockDesk, openClockDesk } from './clockDesk.ts';
import { everythingGoes } from './everythingGoes.ts';
import { StoryBroken } from './expect.ts';
import { maraWrites } from './maraWrites.ts';
import { narrator } from './narrator.ts';
import { provedOffline } from './provedOffline.ts';
import { sheConfirms } from './sheConfirms.ts';
import type { Stage } from './stage.ts';
import { thirtyDays } from './thirtyDays.ts';
import { twoApprove } from './twoApprove.ts';

export interface StoryOptions {
  readonly mongodbUri: string;
  readonly database: string;
  readonly dir: string;
  readonly write: (text: string) => void;
  readonly color: boolean;
  readonly verify: Stage['verify'];
  readonly port?: number;
  /** Whether the house stays up after the story, with its jobs running by themselves. */
  readonly stayUp: boolean;
}

/** The house after the story: it stays up until it is closed. */
export interface StoryTold {
  readonly server: VideoHostServer;
  readonly desk: ClockDesk;
  readonly logins: readonly { readonly where: string; readonly name: string; readonly password: string }[];
  close(): Promise<void>;
}

const PASSWORD = 'keep every promise';
const ZONE = 'Europe/Berlin';

/**
 * Starts host, mailbox, jobs and console on real parts and tells one person's mail from arrival to receipt. Whatever the
 * story says, it has checked; it throws at the first thing that does not hold.
 */
export async function tellStory(options: StoryOptions): Promise<StoryTold> {
  const { dir, write, color, verify } = options;
  const clock = settableClock(undefined, { running: true });
  const started = clock.now();
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const moved = (): boolean => clock.now().getTime() - started.getTime() > 12 * 3_600_000;
  const server = await startVideoHost({
    mongodbUri: options.mongodbUri,
    database: options.database,
    dir: path.join(dir, 'house'),
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
    const cast = await seedStory({ connection: server.connection, media: server.media, now: clock.now() });
    const { staff } = server.kept;
    const agent = await staff.add({
      email: 'ada@sdanceai.test',
      name: 'Ada Okafor',
      role: 'agent',
      password: PASSWORD,
    });
    const lead = await staff.add({ email: 'lin@sdanceai.test', name: 'Lin Novak', role: 'lead', password: PASSWORD });
    const stage: Stage = {
      server,
      clock,
      cast,
      dir: path.join(dir, 'house'),
      staff: { agent, lead, password: PASSWORD },
      say: narrator({ write, now: () => clock.now(), zone: ZONE, color }),
      verify,
    };

    await tellChapters(stage);

    if (options.stayUp) await server.agenda.start();
    const desk = await openClockDesk(server.kept, clock);
    return {
      server,
      desk,
      logins: [
        { where: 'console, agent', name: agent.email, password: PASSWORD },
        { where: 'console, privacy lead', name: lead.email, password: PASSWORD },
        ...Object.values(cast.people)
          .filter((person) => person.password && person.email !== 'mara@example.org')
          .slice(0, 1)
          .map((person) => ({ where: 'app', name: person.email, password: person.password ?? '' })),
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

async function tellChapters(stage: Stage): Promise<void> {
  try {
    const request = await maraWrites(stage);
    await sheConfirms(stage, request);
    await twoApprove(stage, request);
    const receipt = await everythingGoes(stage, request);
    await provedOffline(stage, receipt);
    await thirtyDays(stage);
  } catch (error) {
    throw new StoryBroken(`${stage.say.place()}: ${(error as Error).message}`, { cause: error });
  }
}

/** The demo's own database goes with it: it may stand on a server that stays. */
async function clearAway(server: VideoHostServer): Promise<void> {
  await server.agenda.stop();
  await server.connection.dropDatabase();
  await server.close();
}
