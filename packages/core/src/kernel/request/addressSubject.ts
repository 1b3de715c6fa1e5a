/** Begins what stands for somebody of whom nothing but an address is known; no host's key looks like it. */
const PREFIX = 'kept:address:';

/** Under whom a case of somebody stands who is in none of the host's records. */
export function addressSubject(address: string): string {
  return `${PREFIX}${address}`;
}

/** Whether a case stands under an address alone. */
export function isAddressSubject(subject: string): boolean {
  return subject.startsWith(PREFIX);
}
