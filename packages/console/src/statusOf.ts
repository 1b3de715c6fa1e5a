/** The families of error codes, by their ending, and the HTTP status of each. */
const STATUS = {
  NOT_FOUND: 404,
  CLOSED: 409,
  CONFLICT: 409,
  INVALID: 422,
  NEEDED: 401,
  REFUSED: 403,
  SLOWED: 429,
  TOO_LATE: 409,
  BROKEN: 500,
} as const;

/** The HTTP status of an error code; one whose family is unknown is a fault of ours. */
export function statusOf(code: string): number {
  if (code === 'SIGN_IN_REFUSED') return 401;
  const family = (Object.keys(STATUS) as (keyof typeof STATUS)[]).find((ending) => code.endsWith(`_${ending}`));
  return family === undefined ? 500 : STATUS[family];
}
