/** Header values by lower-case name. */
export type Headers = Readonly<Record<string, readonly string[]>>;

const BULK: ReadonlySet<string> = new Set(['bulk', 'list', 'junk', 'auto_reply']);

/**
 * Whether a machine sent the mail, so that no acknowledgement goes out (RFC 3834). It is read for requests all the same: services
 * that act for people send such mails. X-Auto-Response-Suppress is no sign: it asks for silence and says nothing of the sender.
 */
export function isAutomatic(headers: Headers): boolean {
  const first = (name: string): string | undefined => headers[name]?.map((value) => value.trim().toLowerCase())[0];
  const submitted = first('auto-submitted')?.split(/[;( ]/)[0];
  return (
    (submitted !== undefined && submitted !== 'no') ||
    BULK.has(first('precedence') ?? '') ||
    ['list-id', 'x-autoreply', 'x-autorespond'].some((name) => saysYes(first(name))) ||
    first('return-path') === '<>' ||
    (first('content-type') ?? '').startsWith('multipart/report')
  );
}

function saysYes(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'no';
}
