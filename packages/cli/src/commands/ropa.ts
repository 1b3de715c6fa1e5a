import { type RopaFormat, renderRopa } from '@kept/core';
import { ANSWERED, type Command } from '../command.ts';
import { packAt } from '../packAt.ts';
import { oneOf } from '../readings.ts';

const FORMATS: readonly RopaFormat[] = ['csv', 'jsonld'];

export const ropa: Command = {
  name: 'ropa',
  usage: 'DIR [--format csv|jsonld]',
  about: [
    'DIR is a folder with policy.yaml and inventory.yaml, or the name of a pack.',
    'The record of processing activities (Art 30 GDPR), written from the rules that the engine works by.',
    'JSON-LD names terms of W3C DPV 2.3 and expands without a network; --json prints it too.',
  ],
  takes: [1, 1],
  options: {
    format: { type: 'string', value: 'csv|jsonld', help: 'a table, or JSON-LD; csv where absent' },
  },
  async run(args, io) {
    const wanted = (args.text('format') ?? (args.json ? 'jsonld' : 'csv')) as RopaFormat;
    const format = await oneOf<RopaFormat>(wanted, FORMATS, 'format', '--format');
    io.out(await renderRopa(await packAt(args.positionals[0] ?? '', io), args.json ? 'jsonld' : format));
    return ANSWERED;
  },
};
