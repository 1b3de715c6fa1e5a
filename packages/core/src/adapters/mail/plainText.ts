/** Marks that turn the direction of writing round or take no room: they make a name look like another one. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** Control characters other than tab and line feed; some databases refuse a NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is what this is for.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A text for reading: composed (NFC), with line feeds only, nothing that is no character. Its words stay as they were written. */
export function plainText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').toWellFormed().normalize('NFC').replaceAll(CONTROL, '');
}

/** One line for a list, such as a name or a subject line: nothing in it that cannot be seen. */
export function plainLine(text: string): string {
  return plainText(text.replaceAll(/[\r\n\t]+/g, ' '))
    .replaceAll(INVISIBLE, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
