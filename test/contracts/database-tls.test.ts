import { describe, expect, test } from '@jest/globals';
import { requireDatabaseTls } from '../../packages/core/src/adapters/data/requireDatabaseTls.ts';

const connected = (host: string, tls: boolean) => ({ getClient: () => ({ options: { hosts: [{ host }], tls } }) });

describe('the connection to the database', () => {
  test('a database on another machine is refused without TLS (part of sdance-ai.security.tls)', () => {
    expect(() => requireDatabaseTls(connected('db.example.org', false))).toThrow(
      expect.objectContaining({ code: 'DATABASE_NOT_ENCRYPTED' }),
    );
  });

  test.each([
    ['another machine with TLS', 'db.example.org', true],
    ['this machine', '127.0.0.1', false],
    ['this machine by name', 'localhost', false],
  ])('%s is accepted', (_title, host, tls) => {
    expect(() => requireDatabaseTls(connected(host, tls))).not.toThrow();
  });
});
