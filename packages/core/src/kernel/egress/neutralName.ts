const endings = /\.(jpe?g|png|webp|gif|avif|mp4|mov|webm|mp3|wav|m4a|txt|json|pdf)$/i;

/** A file name that tells the kind of the file and nothing else. */
export function neutralName(name: string): string {
  return `file${endings.exec(name)?.[0].toLowerCase() ?? ''}`;
}
