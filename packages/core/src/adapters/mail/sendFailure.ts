import { KeptError } from '../../kernel/keptError.ts';

/** What nodemailer tells of a failure. `command` is what was under way: `CONN` stands for the connection as such. */
interface TransportError {
  readonly code?: string;
  readonly command?: string;
  readonly syscall?: string;
  readonly timeoutType?: string;
  readonly responseCode?: number;
}

const ABOUT_THE_LETTER = ['MAIL FROM', 'RCPT TO', 'DATA'];
/** Refusals to talk without signing in (RFC 4954): the set-up is wrong, not the letter. */
const ABOUT_SIGNING_IN = [530, 534, 535, 538];
const BEFORE_THE_LETTER = ['EDNS', 'ETLS', 'EAUTH', 'EENVELOPE', 'ECONFIG', 'EFILEACCESS', 'EURLACCESS'];
const NEVER_CONNECTED = ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'];

/** Why a letter was not sent; without the other side's words, which often quote the address. */
export class SendFailure extends KeptError {
  /** Trying again is useless. */
  readonly permanent: boolean;
  /** It may have arrived all the same: the connection ended before the other side had said anything about it. */
  readonly outcomeUnknown: boolean;

  constructor(error: unknown) {
    const failure = (typeof error === 'object' && error !== null ? error : {}) as TransportError;
    const { code = 'no code', command, responseCode } = failure;
    super(
      'MAIL_NOT_SENT',
      `The mail server ${responseCode ? `answered ${responseCode}` : `gave no answer (${code})`}.`,
      {
        place: command ? `mail, at ${command}` : 'mail',
        remedy:
          'Temporary failures are tried again. A permanent one needs another address, or another way to the person.',
      },
    );
    this.permanent = isPermanent(failure);
    this.outcomeUnknown = !this.permanent && isUnknown(failure);
  }
}

function isPermanent({ code, command = '', responseCode }: TransportError): boolean {
  if (responseCode === undefined) return code === 'EENVELOPE';
  return responseCode >= 500 && ABOUT_THE_LETTER.includes(command) && !ABOUT_SIGNING_IN.includes(responseCode);
}

/** Nodemailer does not say whether the letter had left when a connection broke, so a broken connection counts as unknown. */
function isUnknown({ code = '', command, syscall, timeoutType = '', responseCode }: TransportError): boolean {
  if (responseCode !== undefined || BEFORE_THE_LETTER.includes(code)) return false;
  if (syscall === 'connect' || syscall === 'getaddrinfo' || NEVER_CONNECTED.includes(timeoutType)) return false;
  return command === undefined || command === 'CONN' || command === 'DATA';
}
