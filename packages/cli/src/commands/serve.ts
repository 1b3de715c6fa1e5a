import { ANSWERED, type Args, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { filesMissing } from '../missingFiles.ts';
import { answer, columns } from '../output.ts';
import { wholeNumber } from '../readings.ts';
import { type House, openHouse } from '../serve/openHouse.ts';
import { trustedProxy } from '../serve/trustedProxy.ts';
import { engineAbout, engineOptions, type Surroundings, storesWithoutFolder, surroundingsOf } from '../surroundings.ts';

export const serve: Command = {
  name: 'serve',
  usage: '[--port N] [--smtp-port N] [--host H] [--trust-proxy P]',
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
    const around = await surroundingsOf(args, io);
    const [nowhere] = storesWithoutFolder(around);
    if (nowhere !== undefined && around.mode === 'enforce') throw filesMissing(nowhere);
    // From the first moment: whoever stops a house that is still opening gets it closed in order, too.
    const stopped = io.stopped();
    const house = await openHouse(around, { port, smtpPort, host: args.text('host') ?? '127.0.0.1', trustProxy }, io);
    try {
      await announce(house, around, args, io);
      await stopped;
    } finally {
      await house.close();
    }
    return ANSWERED;
  },
};

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
  if (staff === 0) {
    io.err('kept serve: nobody can sign in yet: kept staff add --email E --name N --role lead < password.txt\n');
  }
}
