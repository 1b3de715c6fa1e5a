import { diskFiles, type Flip, type Simulation, simulateChange, type Touched } from '@kept/core';
import { ANSWERED, BAD_NEWS, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { connect } from '../open.ts';
import { answer, columns, paint, plural } from '../output.ts';
import { packAt, packPath } from '../packAt.ts';
import { wholeNumber } from '../readings.ts';
import { surroundingsOf } from '../surroundings.ts';

const MOST = 1_000_000_000;

export const simulate: Command = {
  name: 'simulate',
  usage: 'DIR_OLD DIR_NEW [--limit N] [--samples K]',
  about: [
    'Reads the live database and changes nothing: which documents are over now under one version and not under the other,',
    'and which decisions flip, about somebody of whom nothing is known and about everybody whose choices are recorded.',
    'What was collected under the old version keeps its promise here as it would. Exits with 1 above --limit documents.',
    'Environment: MONGODB_URI the database (needed); KEPT_FILES the file stores, where their bytes are to be counted.',
  ],
  takes: [2, 2],
  options: {
    limit: { type: 'string', value: 'N', help: 'refuses a change that more documents feel; 10000 where absent' },
    samples: { type: 'string', value: 'K', help: 'ids and questions shown of each kind; 5 where absent' },
  },
  async run(args, io) {
    const limit = wholeNumber(args.text('limit') ?? '10000', '--limit', 0, MOST);
    const samples = wholeNumber(args.text('samples') ?? '5', '--samples', 0, 1_000);
    const [older = '', newer = ''] = args.positionals;
    const after = await packAt(newer, io);
    const path = await packPath(older, io);
    const around = await surroundingsOf({ ...args, text: (name) => (name === 'pack' ? path : args.text(name)) }, io);
    const { policy: before, clock, folders, filesEncrypted: encrypted } = around;
    const files = Object.fromEntries([...folders].map(([name, folder]) => [name, diskFiles(folder, { encrypted })]));

    const connection = await connect(around.uri);
    try {
      const found = await simulateChange({ before, after, data: connection, files, now: clock.now(), limit, samples });
      answer(io, args, { limit, ...found, refused: found.refused !== undefined }, () => forPeople(found, io));
      return found.refused === undefined ? ANSWERED : BAD_NEWS;
    } finally {
      await connection.close();
    }
  },
};

function forPeople({ collections, documents, decisions, refused }: Simulation, io: Io): string {
  const { asked, neutral, people } = decisions;
  const rows = collections.flatMap(({ collection, redaction, goes, stays }) => {
    const name = redaction === undefined ? collection : `${collection} (fields of ${redaction})`;
    return [touchedRow(name, 'would go', goes), touchedRow(name, 'would stay', stays)].flat();
  });
  const groups = people.samples.map(({ people: count, subjects, count: flips }) => [
    '',
    plural(count, 'person', 'people'),
    plural(flips, 'question'),
    `such as ${subjects.join(', ')}`,
  ]);
  const parts = [
    columns(rows),
    `${plural(documents, 'document')} in all\n`,
    `${neutral.count} of ${plural(asked, 'question')} flip about somebody of whom nothing is known\n`,
    flipRows(neutral.samples),
    `${people.flipping} of ${plural(people.count, 'person', 'people')} with recorded choices have questions that flip\n`,
    columns(groups),
    flipRows(people.samples[0]?.samples ?? []),
  ];
  if (refused === undefined) return parts.join('');
  return `${parts.slice(0, 2).join('')}${paint(io, 'bad', `refused: more than ${plural(refused.limit, 'document')}; counting stopped there\n`)}`;
}

function touchedRow(name: string, what: string, touched: Touched): string[][] {
  const { documents, bytes, files, fileBytes, subjects, samples } = touched;
  if (documents === 0) return [];
  return [
    [
      name,
      what,
      plural(documents, 'document'),
      `${bytes} bytes`,
      `${plural(files, 'file')} (${fileBytes} bytes)`,
      `of ${plural(subjects, 'person', 'people')}`,
      samples.length === 0 ? '' : `such as ${samples.join(', ')}`,
    ],
  ];
}

function flipRows(flips: readonly Flip[]): string {
  return columns(
    flips.map(({ purpose, category, recipient = 'our own use', before, after, rule }) => [
      '',
      `${before} -> ${after}`,
      purpose,
      category,
      recipient,
      rule,
    ]),
  );
}
