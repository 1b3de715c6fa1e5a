import { KeptError } from '../../kernel/keptError.ts';
import { isLoopback } from '../loopback/isLoopback.ts';

/** What the driver knows of where it is connected to. */
interface Client {
  readonly options?: { readonly tls?: boolean; readonly hosts?: readonly { readonly host?: string }[] };
}

/** Throws DATABASE_NOT_ENCRYPTED where personal data would leave this machine without TLS. */
export function requireDatabaseTls(connection: { getClient?: () => unknown }): void {
  const options = (connection.getClient?.() as Client | undefined)?.options;
  const away = options?.hosts?.some(({ host }) => host !== undefined && !isLoopback(host)) ?? false;
  if (!away || options?.tls) return;
  throw new KeptError(
    'DATABASE_NOT_ENCRYPTED',
    'The database is on another machine, and the connection to it is not encrypted',
    {
      place: 'createKept, data',
      remedy: 'Add tls=true to the connection string, or use mongodb+srv://.',
    },
  );
}
