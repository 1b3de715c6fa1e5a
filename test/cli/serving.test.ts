import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { tokenIn } from '../console/visitor.ts';
import { postOffice } from '../mail/postOffice.ts';
import { ask } from './ask.ts';
import { type Installation, installation } from './installation.ts';
import { start } from './program.ts';

let the: Installation;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  the = await installation();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await the.close();
});

interface Served {
  readonly console: string;
  readonly privacy: string;
  readonly health: string;
  readonly ready: string;
  readonly smtp: string;
  readonly letters: string;
  readonly staff: number;
}

/** The program, serving on free ports; `stop` asks it to end and answers how it ended. */
async function serving(more: Record<string, string> = {}, argv: readonly string[] = []) {
  const child = start(
    ['serve', '--port', '0', '--smtp-port', '0', '--json', ...argv],
    { ...the.env, ...more },
    the.dir,
  );
  closing.push(() => child.kill('SIGKILL'));
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  let out = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    out += chunk;
    if (out.endsWith('}\n')) break;
  }
  if (out === '') throw new Error(err);
  const stop = async (signal: NodeJS.Signals) => {
    const ended = once(child, 'exit');
    child.kill(signal);
    return { code: (await ended)[0] as number | null, err };
  };
  return { served: JSON.parse(out) as Served, stop };
}

describe('kept serve', () => {
  test('opens console, privacy pages, mailbox and health, and ends in order on SIGTERM', async () => {
    const { served, stop } = await serving();
    expect((await fetch(served.health)).status).toBe(200);
    const ready = await fetch(served.ready);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, open: true, database: true }]);
    expect(await (await fetch(served.console)).text()).toContain('<form');
    expect((await fetch(`${served.privacy}/confirm/none`)).status).toBe(404);

    const { code, err } = await stop('SIGTERM');
    expect(code).toBe(0);
    expect(err).toContain('kept staff add');
    expect(err).toContain('KEPT_SMTP_URL');
    await expect(fetch(served.health)).rejects.toThrow();
  });

  test('a mail to the contact address is stored before it is answered, and one to any other is refused', async () => {
    const office = await postOffice();
    closing.push(() => office.close());
    await the.staff('lin', 'lead');
    const { served, stop } = await serving({ KEPT_SMTP_URL: `smtp://127.0.0.1:${office.port}` });
    expect([served.letters, served.staff]).toEqual(['leave', 1]);

    const transport = createTransport({ host: '127.0.0.1', port: Number(new URL(served.smtp).port), ignoreTLS: true });
    closing.push(() => transport.close());
    const mail = { from: 'ann@example.org', subject: 'Formats', text: 'Which formats can I upload?' };
    await transport.sendMail({ ...mail, to: 'support@sdanceai.com' });
    expect(await the.db.collection('kept_mails').countDocuments()).toBe(1);
    await expect(transport.sendMail({ ...mail, to: 'else@sdanceai.com' })).rejects.toMatchObject({ responseCode: 550 });

    const { code, err } = await stop('SIGINT');
    expect(code).toBe(0);
    expect(err).toContain('KEPT_PUBLIC_URL');
  });

  test('letters are not tried while no mail server is named', async () => {
    await the.put('1.eml', 'From: ann@example.org\nTo: support@sdanceai.com\n\nWhich formats can I upload?\n');
    await the.kept(['mail', 'ingest', '1.eml']);
    const waiting = () => the.db.collection('kept_outbox').findOne({});
    expect(await waiting()).toMatchObject({ state: 'queued', attempts: 0 });
    // Once to register the jobs, and once with the one that delivers letters due at the start.
    await ask(['serve', '--port', '0', '--smtp-port', '0'], { env: the.env });
    const jobs = the.db.collection('agendaJobs');
    const ofLetters = { name: 'sdance-ai outbox.deliver' };
    const due = await jobs.findOneAndUpdate(ofLetters, {
      $set: { nextRunAt: new Date(0), lastFinishedAt: new Date(0) },
    });
    expect(due).not.toBeNull();
    const { served, stop } = await serving();
    while ((await jobs.findOne(ofLetters))?.lastFinishedAt?.getTime() === 0);
    await stop('SIGTERM');
    expect([served.letters, await waiting()]).toEqual([
      'wait',
      expect.objectContaining({ state: 'queued', attempts: 0 }),
    ]);
  });

  test('behind a proxy, visitors are told apart by the address that the named proxy tells', async () => {
    const attemptsFrom = async (served: Served, froms: string[]): Promise<number> => {
      await the.db.collection('kept_attempts').deleteMany({});
      const page = await fetch(`${served.console}/sign-in`);
      const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
      const _csrf = tokenIn(await page.text());
      for (const from of froms) {
        const { status } = await fetch(`${served.console}/sign-in`, {
          method: 'POST',
          body: new URLSearchParams({ email: 'nobody@kept.test', password: 'a wrong password', _csrf }),
          headers: { cookie, 'X-Forwarded-For': from },
        });
        expect(status).toBe(401);
      }
      return the.db.collection('kept_attempts').countDocuments();
    };
    const behind = await serving({}, ['--trust-proxy', 'loopback']);
    // One for the name, and one for each place.
    expect(await attemptsFrom(behind.served, ['192.0.2.1', '192.0.2.2'])).toBe(3);
    await behind.stop('SIGTERM');
    const bare = await serving();
    expect(await attemptsFrom(bare.served, ['192.0.2.1', '192.0.2.2'])).toBe(2);
    await bare.stop('SIGTERM');
  });

  test.each(['0.0.0.0', '::', '192.0.2.1', '10.0.0.1', '127.0.0.1.example.com', '::ffff:192.0.2.1'])(
    'staff do not sign in over an open line: %s (part of sdance-ai.security.tls)',
    async (host) => {
      const { code, out, err } = await ask(['serve', '--port', '0', '--smtp-port', '0', '--host', host], {
        env: the.env,
      });
      expect([code, out, err]).toEqual([2, '', expect.stringContaining('--behind-tls')]);
    },
  );

  test('behind a proxy that ends TLS, cookies are Secure, HSTS is set, and the address that is bound is told (part of sdance-ai.security.tls)', async () => {
    const { served, stop } = await serving({}, ['--host', '0.0.0.0', '--behind-tls']);
    expect(served.console).toMatch(/^http:\/\/0\.0\.0\.0:/);
    const { headers } = await fetch(`${served.console.replace('0.0.0.0', '127.0.0.1')}/sign-in`);
    expect(headers.get('set-cookie')).toContain('; Secure');
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect((await stop('SIGTERM')).err).toContain('--trust-proxy');
  });

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['127.8.8.8', '127.8.8.8'],
    ['localhost', '(127.0.0.1|\\[::1\\])'],
  ])('on this machine alone nothing more is asked: %s', async (host, told) => {
    const { served, stop } = await serving({}, ['--host', host]);
    expect(served.console).toMatch(new RegExp(`^http://${told}:\\d+/console$`));
    await stop('SIGTERM');
  });

  test('a taken port, letters in the clear and unknown places of files are refused', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    closing.push(() => squatter.close());
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    const refused = async (argv: string[], more: Record<string, string> = {}) => {
      const { code, out, err } = await ask(['serve', '--port', '0', '--smtp-port', '0', ...argv], {
        env: { ...the.env, ...more },
      });
      expect([code, out, err.split('\n').length]).toEqual([2, '', 2]);
      return err;
    };
    expect(await refused([], { KEPT_SMTP_URL: 'smtp://mail.example.com' })).toContain('TLS');
    expect(await refused([], { KEPT_FILES: '' })).toContain('KEPT_FILES=media=');
    for (const proxy of ['0', 'everybody'])
      expect(await refused(['--trust-proxy', proxy])).toContain('Where: --trust-proxy');
    const taken = await ask(['serve', '--port', String(port), '--smtp-port', '0'], { env: the.env });
    expect([taken.code, taken.err]).toEqual([2, expect.stringContaining('Where: --port')]);
    const mailbox = await ask(['serve', '--port', '0', '--smtp-port', String(port)], { env: the.env });
    expect([mailbox.code, mailbox.err]).toEqual([2, expect.stringContaining('Where: --smtp-port')]);
  });
});
