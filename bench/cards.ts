import { cardNumbersIn } from '@kept/core';
import { cardNumbers, checkDigit, draws, grouped, SEPARATORS, SURROUNDINGS } from '../test/support/cardCorpus.ts';
import { LOOK_ALIKES } from '../test/support/cardLookAlikes.ts';
import { compare } from './ratio.ts';

const MEGABYTES = 16;

interface Finder {
  readonly name: string;
  /** How many it finds. */
  readonly find: (text: string) => number;
}

const RUN = /(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)/g;
const BY_BRAND =
  /\b(?:4\d{3}|5[1-5]\d{2}|6011|62\d{2}|3[47]\d{2}|30[0-5]\d|3[68]\d{2}|35\d{2})[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?\b/g;

const passes = (run: string): boolean => {
  const digits = run.replace(/\D/g, '');
  return checkDigit(digits.slice(0, -1)) === Number(digits.at(-1));
};

const FINDERS: readonly Finder[] = [
  { name: 'one bare pass of a regular expression', find: (text) => count(text, /\d{12}/g) },
  {
    name: 'digits with spaces and dashes, and the checksum',
    find: (text) => (text.match(RUN) ?? []).filter(passes).length,
  },
  { name: 'first digits by brand, without the checksum', find: (text) => count(text, BY_BRAND) },
  { name: 'cardNumbersIn', find: (text) => cardNumbersIn(text).length },
];

/** GB/s on ordinary text, on logs and on cards alone; before that, what each finds and what it takes for a card. */
export async function benchCards(): Promise<void> {
  const draw = draws(1);
  const planted = [...cardNumbers(1, draw)].flatMap(({ number }) =>
    SURROUNDINGS.flatMap((put) => [number, ...SEPARATORS.map((separator) => grouped(number, separator))].map(put)),
  );
  const alike = Object.values(LOOK_ALIKES).flatMap((make) => Array.from({ length: 1000 }, () => make(draw)));
  process.stdout.write(`\nCard numbers (${planted.length} planted, ${alike.length} look-alikes)\n`);
  for (const { name, find } of FINDERS) {
    const recall = planted.filter((text) => find(text) > 0).length / planted.length;
    const wrong = alike.filter((text) => find(text) > 0).length;
    process.stdout.write(`  ${name.padEnd(48)} recall ${recall.toFixed(4)}, look-alikes taken for cards ${wrong}\n`);
  }
  for (const [kind, line] of Object.entries(TEXTS)) {
    const text = Buffer.from(line.repeat((MEGABYTES * 1e6) / line.length)).toString('latin1');
    const contenders = FINDERS.map(({ name, find }) => ({
      name,
      run: () => {
        find(text);
        return text.length;
      },
    }));
    await compare(`Card numbers, ${kind}`, 'characters', contenders);
  }
}

const TEXTS = {
  'words of people': [
    'Make a clip of the old harbour at dusk, slow pan to the left, no music. ',
    'The last one was cut after 12 seconds, could you look into it? I paid for 50 credits on 3 March and have 38 left. ',
    'Many thanks, and please keep the one with the lighthouse in my account.\n',
  ].join(''),
  'a log':
    '2026-03-03T08:00:00.123Z info GET /v1/videos/5f3a1b2c status=200 took=12ms ip=192.168.10.12 user=651f00aa23\n',
  'nothing but cards': '4111 1111 1111 1111, 378282246310005; ',
};

function count(text: string, form: RegExp): number {
  return text.match(form)?.length ?? 0;
}
