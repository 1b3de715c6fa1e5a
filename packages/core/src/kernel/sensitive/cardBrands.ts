/** A range of numbers that one brand issues. */
export interface CardRange {
  readonly brand: string;
  readonly lengths: readonly number[];
  /** Set where most numbers of that range and length are something else: article numbers, phone numbers. */
  readonly isWide?: true;
}

const from16: readonly number[] = [16, 17, 18, 19];
const from14: readonly number[] = [14, ...from16];
const from12: readonly number[] = [12, 13, 14, 15, ...from16];

/**
 * First digits by brand (ISO/IEC 7812; the networks' published ranges), the narrower before the wider one. Where brands share a
 * range the older one is named. Brands whose numbers have no check digit cannot be recognised and are left out.
 */
const RANGES: readonly (readonly [brand: string, lengths: readonly number[], prefixes: string, isWide?: true])[] = [
  [
    'elo',
    [16],
    '401178-401179 431274 438935 451416 457393 457631-457632 504175 506699-506778 509000-509999 627780 636297 636368',
  ],
  ['verve', [16, 18, 19], '506099-506198 507865-507964 650002-650027'],
  ['hipercard', [13, 16, 19], '384100 384140 384160 606282 637095 637568 637599 637600 637609 637612'],
  ['visa', [13, 16, 19], '4'],
  ['mastercard', [16], '51-55 2221-2720'],
  ['amex', [15], '34 37'],
  ['diners', from14, '300-305 3095 36 38-39'],
  ['jcb', from16, '3528-3589 3088-3094 3096-3102 3112-3120 3158-3159 3337-3349'],
  ['jcb', [15], '1800 2131'],
  ['rupay', [16], '508500-508999 606985-607984 608001-608500 652150-653149 817200-820199'],
  ['discover', from16, '6011 644-649 65'],
  ['unionpay', from16, '62 8100-8171'],
  ['mir', from16, '2200-2204'],
  ['borica', [16], '2205'],
  ['troy', [16], '9792'],
  ['dankort', [16], '5019'],
  ['humo', [16], '9860'],
  ['uzcard', [16], '8600 5614'],
  ['belkart', [16], '9112'],
  ['arca', [16], '9051'],
  ['t-union', [19], '31'],
  ['ukrcard', from16, '604001-604200'],
  ['naranja', [16], '589562'],
  ['nps', [16], '605474'],
  ['interpayment', from16, '636'],
  ['instapayment', [16], '637-639'],
  ['uatp', [15], '1001-1999'],
  ['maestro', from12, '5018 5020 5038 5612 5893 6304 6703 6706 6708 6709 6759 6761-6763 6771'],
  ['maestro', from12, '50 560-569 574-579 583 585-589 630-638 67', true],
  ['maestro', [16, 18, 19], '56-58 60-61 63 66-69'],
];

/** Digits of the first look-up. */
const HEAD = 4;

interface Entry extends CardRange {
  readonly from: number;
  readonly to: number;
  readonly digits: number;
}

const byHead = index();

function index(): ReadonlyMap<number, readonly Entry[]> {
  const found = new Map<number, Entry[]>();
  for (const [brand, lengths, prefixes, isWide] of RANGES) {
    for (const prefix of prefixes.split(' ')) {
      const [first = '', last = first] = prefix.split('-');
      const digits = first.length;
      const entry = { brand, lengths, from: Number(first), to: Number(last), digits, ...(isWide && { isWide }) };
      const scale = 10 ** (HEAD - digits);
      const end = Math.floor((entry.to + (digits < HEAD ? 1 : 0)) * scale) - (digits < HEAD ? 1 : 0);
      for (let head = Math.floor(entry.from * scale); head <= end; head += 1) {
        const entries = found.get(head) ?? [];
        found.set(head, entries);
        entries.push(entry);
      }
    }
  }
  return found;
}

/** The range that a number of `length` digits belongs to, its check digit aside. */
export function cardRange(digits: Uint8Array, length: number): CardRange | undefined {
  return byHead
    .get(numberOf(digits, HEAD))
    ?.find(
      (entry) =>
        entry.lengths.includes(length) && (entry.digits <= HEAD || isWithin(numberOf(digits, entry.digits), entry)),
    );
}

function isWithin(value: number, { from, to }: Entry): boolean {
  return value >= from && value <= to;
}

function numberOf(digits: Uint8Array, length: number): number {
  let value = 0;
  for (let at = 0; at < length; at += 1) value = value * 10 + (digits[at] as number);
  return value;
}
