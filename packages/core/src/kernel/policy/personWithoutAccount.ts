const ADDRESS = 'address:';
const DEVICE = 'device:';

/** The subject who is known by an address alone, such as on a waiting list. */
export function subjectAtAddress(address: string): string {
  return `${ADDRESS}${address.trim().toLowerCase()}`;
}

/** The subject who is known by a device alone, such as somebody who never signed up. */
export function subjectAtDevice(device: string): string {
  return `${DEVICE}${device}`;
}

/** The address by which alone the subject is known; undefined for others. */
export function addressOfSubject(subject: string): string | undefined {
  return subject.startsWith(ADDRESS) ? subject.slice(ADDRESS.length) : undefined;
}

/** The device by which alone the subject is known; undefined for others. */
export function deviceOfSubject(subject: string): string | undefined {
  return subject.startsWith(DEVICE) ? subject.slice(DEVICE.length) : undefined;
}
