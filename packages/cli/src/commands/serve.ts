import { ANSWERED, type Args, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { filesMissing } from '../missingFiles.ts';
import { answer, columns } from '../output.ts';
import { wholeNumber } from '../readings.ts';
import { isLoopback } from '../serve/listen.ts';
import { type House, openHouse } from '../serve/openHouse.ts';
import { trustedProxy } from '../serve/trustedProxy.ts';
import { engineAbout, engineOptions, type Surroundings, storesWithoutFolder, surroundingsOf } from '../surroundings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

export const serve: Command = {
  name: 'serve',
  usage: '[--port N] [--smtp-port N] [--host H] [--behind-tls] [--trust-proxy P]',
  about: [
    'Pages at /console and /privacy, health at /healthz and /readyz. The mailbox listens on this machine only: let the',
    'mail server in front of it hand over what is for the contact address. Ends in order on SIGTERM and SIGINT.',
    'Without KEPT_SMTP_URL letters wait in the outbox.',
    ...engineAbout,
  ],
  takes: [0, 0],
  options: {
    ...engineOptions,
    port: { type: 'string', value: 'N', help: 'of the pages; 8080 where absent, a free one with 0' },
    'smtp-port': { type: 'string', value: 'N', help: 'of the mailbox; 2525 where absent, a free one with 0' },
    host: { type: 'string', value: 'H', help: 'address that the pages listen on; 127.0.0.1 where absent' },
    'behind-tls': {
      type: 'boolean',
      help: 'a reverse proxy in front ends TLS: cookies are Secure, HSTS is set, and H may be reached from elsewhere',
    },
    'trust-proxy': {
      type: 'string',
      value: 'P',
      help: 'whose word about the address of a visitor is taken: a count of proxies, loopback, or addresses; nobody’s where absent',
    },
  },
  async run(args, io) {
    const port = wholeNumber(args.text('port') ?? '8080', '--port', 0, 65_535);
    const smtpPort = wholeNumber(args.text('smtp-port') ?? '2525', '--smtp-port', 0, 65_535);
    const trustProxy = trustedProxy(args.text('trust-proxy'), '--trust-proxy');
    const host = args.text('host') ?? '127.0.0.1';
    const behindTls = args.flag('behind-tls');
    if (!behindTls && !isLoopback(host)) throw inTheClear(host);
    const around = await surroundingsOf(args, io);
    const [nowhere] = storesWithoutFolder(around);
    if (nowhere !== undefined && around.mode === 'enforce') throw filesMissing(nowhere);
    // From the first moment: whoever stops a house that is still opening gets it closed in order, too.
    const stopped = io.stopped();
    const house = await openHouse(around, { port, smtpPort, host, behindTls, trustProxy }, io);
    try {
      await announce(house, around, args, io);
      await stopped;
    } finally {
      await house.close();
    }
    return ANSWERED;
  },
};

function inTheClear(host: string): WrongQuestion {
  return new WrongQuestion(
    `Staff would sign in over an open line at ${host}`,
    '--host',
    'add --behind-tls where a reverse proxy in front ends TLS, or leave --host out',
  );
}

async function announce({ kept, urls, letters }: House, around: Surroundings, args: Args, io: Io): Promise<void> {
  const staff = (await kept.staff.list()).length;
  answer(io, args, { service: kept.service, ...urls, letters, staff }, () =>
    columns([
      ['Console', urls.console],
      ['Privacy pages', urls.privacy],
      ['Mailbox', `${urls.smtp} for ${kept.policy.contact.address}`],
      ['Health', `${urls.health}, ${urls.ready}`],
    ]),
  );
  if (letters === 'wait') io.err('kept serve: letters wait in the outbox until KEPT_SMTP_URL names a mail server\n');
  if (letters === 'leave' && around.publicUrl === undefined) {
    io.err(
      'kept serve: links in letters lead to this machine until KEPT_PUBLIC_URL says where people reach /privacy\n',
    );
  }
  if (storesWithoutFolder(around).length > 0) {
    io.err('kept serve: erasures stop at their files until KEPT_FILES says where they lie\n');
  }
  if (args.flag('behind-tls') && args.text('trust-proxy') === undefined) {
    io.err('kept serve: all visitors seem to come from the proxy until --trust-proxy names it\n');
  }
  if (staff === 0) {
    io.err('kept serve: nobody can sign in yet: kept staff add --email E --name N --role lead < password.txt\n');
  }
}
