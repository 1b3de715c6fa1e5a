/** Whether a text holds 13 to 19 digits, spaces and dashes aside, that pass the check of ISO/IEC 7812 (Luhn). */
export function holdsCardNumber(text: string): boolean {
  const runs = text.match(/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g) ?? [];
  return runs.some((run) => passesLuhn(run.replace(/[ -]/g, '')));
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
