import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Looked, type ScanFinding, type ScanReport, scanData, systemClock } from '@kept/core';
import { ANSWERED, type Args, BAD_NEWS, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { connect } from '../open.ts';
import { answer, plural } from '../output.ts';
import { packAt, packPath } from '../packAt.ts';
import { presentFindings } from '../presentFindings.ts';
import { wholeNumber } from '../readings.ts';
import { engineOptions, surroundingsOf } from '../surroundings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

export const scan: Command = {
  name: 'scan',
  usage: '[--inventory DIR] [--models FILE] [--sample N] [--canary VALUE]…',
  about: [
    'Reads all records of the live database, whoever wrote them, and changes nothing. Finds collections, fields and file',
    'stores that the inventory does not know; card numbers and secrets in the clear, in every field and in free text;',
    'people, where the inventory knows of no data; API keys older than advised. Never shows a value. Exits with 1 on errors.',
    'FILE is a JavaScript module of the host that exports its Mongoose models, their connection or mongoose itself: it is',
    'run. With it and without MONGODB_URI the models alone are compared, as in CI.',
    'Environment: MONGODB_URI the database; KEPT_PACK the policy, where --inventory names none.',
  ],
  takes: [0, 0],
  options: {
    inventory: {
      type: 'string',
      value: 'DIR',
      help: 'folder or name of the policy whose inventory it is compared with',
    },
    ...engineOptions,
    models: { type: 'string', value: 'FILE', help: "module that exports the host's models" },
    sample: {
      type: 'string',
      value: 'N',
      help: 'only so many of the newest records of each collection; all where absent',
    },
    canary: { type: 'string', value: 'VALUE', multiple: true, help: 'a planted value: tells where it ended up' },
    ids: { type: 'boolean', help: 'shows keys of some of the records, which may name people' },
  },
  async run(args, io) {
    const { findings, looked } = await reportOf(args, io);
    answer(io, args, { findings, looked }, () => {
      return `${presentFindings(findings.map(counted), io)}${howFar(looked)}\n`;
    });
    return findings.some(({ severity }) => severity === 'error') ? BAD_NEWS : ANSWERED;
  },
};

async function reportOf(args: Args, io: Io): Promise<ScanReport> {
  const dir = args.text('inventory') ?? args.text('pack') ?? (io.env.KEPT_PACK || 'sdance-ai');
  const path = await packPath(dir, io);
  const file = args.text('models');
  const sample = args.text('sample');
  const options = {
    ...(sample !== undefined && { sample: wholeNumber(sample, '--sample', 1, Number.MAX_SAFE_INTEGER) }),
    canaries: args.texts('canary'),
    ids: args.flag('ids'),
  };
  if (file !== undefined && !io.env.MONGODB_URI) {
    const policy = await packAt(dir, io);
    const now = (io.clock ?? systemClock).now();
    return scanData({ policy, models: await modelsIn(file, io), now, ...options });
  }

  const around = { ...args, text: (name: string) => (name === 'pack' ? path : args.text(name)) };
  const { uri, policy, clock } = await surroundingsOf(around, io);
  const models = file === undefined ? {} : { models: await modelsIn(file, io) };
  const connection = await connect(uri);
  try {
    return await scanData({ policy, data: connection, ...models, now: clock.now(), ...options });
  } finally {
    await connection.close();
  }
}

/** What the module exports. Throws WrongQuestion where it is not there, does not run, or exports no models. */
async function modelsIn(file: string, io: Io): Promise<object> {
  try {
    return (await import(pathToFileURL(resolve(io.cwd, file)).href)) as object;
  } catch (error) {
    const why = (error as { code?: string; name?: string }).code ?? (error as Error).name;
    throw new WrongQuestion(
      `${file} cannot be run (${why})`,
      '--models',
      'name a JavaScript module that exports the models',
    );
  }
}

function counted(finding: ScanFinding): ScanFinding {
  const { message, count, ids = [] } = finding;
  const keys = ids.length === 0 ? '' : `, such as ${ids.join(', ')}`;
  return count === 0 ? finding : { ...finding, message: `${message} (${plural(count, 'record')}${keys})` };
}

function howFar({ collections, leftOut, people, models }: Looked): string {
  const records = collections.reduce((sum, each) => sum + each.records, 0);
  const parts = [
    `${plural(records, 'record')} in ${plural(collections.length, 'collection')}`,
    `${plural(people, 'person', 'people')} to tell by`,
    `models of ${plural(models, 'collection')}`,
    ...(leftOut.length === 0 ? [] : [`left out, as bytes of files: ${leftOut.join(', ')}`]),
  ];
  return `Looked at ${parts.join('; ')}`;
}
