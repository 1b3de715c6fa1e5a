import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoryOptions, StoryTold } from '@kept/video-host';
import { ANSWERED, type Args, BAD_NEWS, type Command } from '../command.ts';
import { demoFolder } from '../demo/demoFolder.ts';
import { preferredPort } from '../demo/preferredPort.ts';
import { runSelf } from '../demo/runSelf.ts';
import { seconds } from '../demo/seconds.ts';
import type { Io } from '../io.ts';
import { columns, paint } from '../output.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

/** Whose story is told in full; every other pack that has an app tells the short one. */
const TOLD = 'sdance-ai';
const USUAL_PORT = 3000;

export const demo: Command = {
  name: 'demo',
  usage: '[--pack P] [--port N] [--exit]',
  about: [
    'Everything runs on this machine alone. The clock of the demo can be set forward; it is refused in production.',
  ],
  takes: [0, 0],
  options: {
    pack: { type: 'string', value: 'P', help: 'Whose story is told; sdance-ai where absent' },
    port: {
      type: 'string',
      value: 'N',
      help: 'Port of the app and the console; 3000 where absent and free, a free one with 0',
    },
    exit: { type: 'boolean', help: 'End after the story: 0, or 1 and the step that failed' },
  },
  run: tell,
};

async function tell(args: Args, io: Io): Promise<number> {
  const pack = args.text('pack') ?? TOLD;
  if (io.env.NODE_ENV === 'production')
    throw new WrongQuestion('The demo can set its clock, and is refused in production', 'NODE_ENV', 'unset NODE_ENV');
  const port = args.flag('exit') ? 0 : await portOf(args);
  const { findDatabase, tellStory, tellPack, StoryBroken, variants } = await parts();
  const variant = Object.hasOwn(variants, pack) ? await variants[pack]?.() : undefined;
  if (!variant) {
    const known = Object.keys(variants).join(', ');
    throw new WrongQuestion(`There is no story for the pack "${pack}"`, '--pack', `use one of: ${known}`);
  }

  const began = performance.now();
  const database = await findDatabase({ log: (line) => io.err(`kept: ${line}\n`) }).catch(noDatabase);
  const dir = await demoFolder(tmpdir());
  io.out(`${database.describe} (${seconds(began)})\n`);
  try {
    const started = performance.now();
    const story: StoryOptions = {
      mongodbUri: database.uri,
      database: `kept_demo_${path.basename(dir).slice(-6).toLowerCase()}`,
      dir,
      write: (text) => io.out(text),
      color: io.colour,
      verify: (file, keys) => runSelf(['verify', file, '--keys', keys]),
      port,
      stayUp: !args.flag('exit'),
    };
    const told = pack === TOLD ? await tellStory(story) : await tellPack(variant, story);
    io.out(`\n${paint(io, 'good', 'Every promise held.')} The story took ${seconds(started)}.\n`);
    if (!args.flag('exit')) {
      io.out(addresses(told));
      await io.stopped();
      io.out('\nStopping …\n');
    }
    await told.close();
    return ANSWERED;
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE')
      throw new WrongQuestion(`Port ${port} is taken`, '--port', 'end what uses it, or run npm start -- --port 0');
    if (!(error instanceof StoryBroken)) throw error;
    io.err(`kept demo: ${error.message}\n`);
    return BAD_NEWS;
  } finally {
    await database.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/** What localdb says is one line with its remedy already. */
function noDatabase(error: Error & { code?: string }): never {
  if (error.code !== 'LOCALDB_NONE_FOUND') throw error;
  const [what = '', remedy = ''] = error.message.split('. Remedy: ');
  throw new WrongQuestion(`${what.charAt(0).toUpperCase()}${what.slice(1)}`, 'database', remedy);
}

function addresses(told: StoryTold): string {
  const { urls } = told.server;
  return `\n${columns([
    ['The app', urls.host],
    ['The console', urls.console],
    ['Set the clock forward', told.desk.url],
    ['The mailbox', `${urls.smtp}  (${told.supportAddress})`],
    ['Letters to people', told.server.letters],
  ])}\n${columns(told.logins.map(({ where, name, password }) => [where, name, password]))}\nCtrl-C ends it.\n`;
}

/** Story and database are there in a checkout, not in the published command. */
async function parts(): Promise<
  Pick<typeof import('@kept/localdb'), 'findDatabase'> &
    Pick<typeof import('@kept/video-host'), 'tellStory' | 'tellPack' | 'StoryBroken'> &
    Pick<typeof import('@kept/video-host/variants'), 'variants'>
> {
  try {
    const [{ findDatabase }, { tellStory, tellPack, StoryBroken }, { variants }] = await Promise.all([
      import('@kept/localdb'),
      import('@kept/video-host'),
      import('@kept/video-host/variants'),
    ]);
    return { findDatabase, tellStory, tellPack, StoryBroken, variants };
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new WrongQuestion(
      'The demo is not part of the published command',
      'demo',
      'clone the repository and run npm start',
    );
  }
}

async function portOf(args: Args): Promise<number> {
  const wanted = args.text('port');
  if (wanted === undefined) return preferredPort(USUAL_PORT);
  const port = Number(wanted);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new WrongQuestion('The port is no number from 0 to 65535', '--port', 'leave it away, or use 0 for a free one');
}
