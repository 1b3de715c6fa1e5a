/** The European Economic Area: within it data moves freely (Art 1(3) GDPR, EEA agreement). */
const area = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

/** Whether data that goes from `home` to `country` leaves the area in which its protection is one. */
export function isThirdCountry(country: string, home: string): boolean {
  return country !== home && !(area.has(country) && area.has(home));
}
