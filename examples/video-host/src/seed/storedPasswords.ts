import { createHash } from 'node:crypto';
import { passwordHash } from '../account/passwordHash.ts';

/** The passwords of all seeds as they are stored: making one takes as long as guessing it should, and every start would. */
export const storedPasswords: Readonly<Record<string, string>> = {
  'seven lanterns on the pier': 'scrypt:aWe1-BcUtbelELR7M7UQmA:CnfwkmOKsFRPVke06y2-8IZaEqr-SnU40qqKDI4TTl4',
  'a quiet harbour at six': 'scrypt:oXc46iUXedW7V7ZE0n-_sw:HTEcCv3ulkj85cwkLpMBwzQWHUSNJDtsMJVbLqhzq4w',
  'koi below the bridge': 'scrypt:TZSkQYLe-KpJlMRHziGs3A:6yhDlOMed91DaMLEwSf7s2Qv-NthFSMv9pFffHqwyZ4',
  'clockwork birds at noon': 'scrypt:_aYPlLxGtl9hk81RJSIeUw:Y0N8_IZHfhpHBr2lCO0piSEvr25INyZ84bPrN9wEQAk',
  'nine boats under the bridge': 'scrypt:MsRBx0NZyoYi8desNqgBkw:7jGpO0ccpCP3B8AjFei1eVkZZl02v2OEOrYjs9jDPR0',
  'a kite over the salt flats': 'scrypt:E6ORktL4nmuE3CbShTlIAQ:3JjIBye-uB2MBC4KU8d2VI0P0G12g-BFh4is3zjrEOY',
  'a tram at six in the morning': 'scrypt:4VFFtmCK-STRO2_CP7hSmA:1j7tPT8ZC3s6N9I3Gnvf5XdhLNOjEjgJmh5BuJf2xuU',
  'a porch in the rain tonight': 'scrypt:Lt4ZZvDHS3QQy_F350Ij8A:qxaHzGmbeTmbqtlldVMZB51FhsAI7IJrjQMAIs74iBk',
  pia: 'scrypt:zOZjCkiUoUiYLigi17cZfQ:gyx57TVnB-kSTJhdsnQSYU1IPcg-lNan5GbVa67Cs6M',
};

/** A password as it is stored, the same on every run; one that is not listed is made. */
export async function storedPassword(password: string): Promise<string> {
  const salt = createHash('sha256').update(password).digest().subarray(0, 16);
  return storedPasswords[password] ?? passwordHash(password, salt);
}
