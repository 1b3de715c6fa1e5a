/** How much attention something wants. Never shown by colour alone: each chip has an icon and a text. */
export type Tone = 'calm' | 'info' | 'soon' | 'overdue' | 'met' | 'quiet';

export interface Chip {
  readonly tone: Tone;
  /** Name of a symbol in the icon sheet. */
  readonly icon: string;
  readonly text: string;
  readonly title: string;
  /** Present where the chip tells a time. */
  readonly datetime: string | undefined;
}

export function chip(tone: Tone, icon: string, text: string, title: string = text): Chip {
  return { tone, icon, text, title, datetime: undefined };
}
