/** Whether the first `length` digits end in their own check digit (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: Uint8Array, length: number): boolean {
  let sum = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = digits[length - 1 - at] as number;
    sum += at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
