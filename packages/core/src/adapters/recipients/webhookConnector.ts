import type { Signer } from '../../engine/ports/edges.ts';
import type { RecipientConnector, RecipientNotice } from '../../engine/ports/recipientConnector.ts';
import { isKeptError, KeptError } from '../../kernel/keptError.ts';
import { isSecure } from '../loopback/isSecure.ts';
import { addressGuard } from './addressGuard.ts';
import { ED25519, signedText } from './noticeSignature.ts';
import { type Answered, postOnce } from './postOnce.ts';

export interface WebhookOptions extends Pick<RecipientConnector, 'answerWithinDays' | 'referencesOf'> {
  /** Sent as `authorization`, such as `Bearer …`. */
  readonly authorization?: string;
  /** Ranges of addresses that are not public and meant all the same, such as `10.2.0.0/16`. */
  readonly privateNetworks?: readonly string[];
  /** For the whole call; absent: 10 seconds. */
  readonly timeoutMs?: number;
}

/** Answers after which the same notice may still be taken; any other refusal stands (RFC 9110, 6585). */
const PASSING = [408, 409, 425, 429];

/**
 * Tells a recipient by a webhook that this installation's key signs (Standard Webhooks 1.0, `v1a`); see `verifyNotification`. It goes over
 * TLS, to public addresses alone and wherever no redirect leads. `{"done": true}` says that it is done; any other 2xx, that
 * it was taken. Throws WEBHOOK_INVALID.
 */
export function webhookConnector(address: string, options: WebhookOptions = {}): RecipientConnector {
  const { authorization, privateNetworks = [], timeoutMs = 10_000, answerWithinDays, referencesOf } = options;
  const url = demandAddress(address);
  const guard = addressGuard(privateNetworks);
  return {
    ...(answerWithinDays !== undefined && { answerWithinDays }),
    ...(referencesOf && { referencesOf }),

    async tell(notice, { signer }) {
      const body = bodyOf(notice);
      const headers = { ...headersOf(notice, body, signer), ...(authorization && { authorization }) };
      const answered = await postOnce(url, { headers, body, timeoutMs, guard }).catch((error) => {
        throw isKeptError(error) ? Object.assign(error, { permanent: true }) : unheard(error);
      });
      if (answered.status < 200 || answered.status > 299) throw refused(answered.status);
      return { done: saysDone(answered) };
    },
  };
}

/** The notice as it is sent: what it is, and what the recipient needs to do it. */
function bodyOf({ id, at, what, ...notice }: RecipientNotice): string {
  return JSON.stringify({ type: `personal-data.${what}`, timestamp: at.toISOString(), data: { id, ...notice } });
}

function headersOf({ id, at }: RecipientNotice, body: string, signer: Signer): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const signature = Buffer.from(signer.sign(signedText(id, seconds, body)), 'base64url').toString('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `${ED25519}${signature}`,
    'webhook-key-id': signer.keyId,
  };
}

function saysDone({ text }: Answered): boolean {
  try {
    return (JSON.parse(text) as { done?: unknown } | null)?.done === true;
  } catch {
    return false;
  }
}

function demandAddress(address: string): URL {
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url && isWeb && isSecure(url) && url.username === '' && url.password === '') return url;
  throw new KeptError('WEBHOOK_INVALID', 'A webhook goes to an https address without a password in it', {
    place: 'webhookConnector',
    remedy: 'Write https://…, and hand a secret over as `authorization`.',
  });
}

function refused(status: number): Error {
  const permanent = (status < 500 && !PASSING.includes(status)) || status === 501;
  const error = new KeptError('WEBHOOK_REFUSED', `The recipient answered ${status}`, {
    place: 'webhook',
    remedy: 'Passing failures are tried again until the notice is due; for others ask the recipient.',
  });
  return Object.assign(error, { permanent });
}

function unheard(cause: unknown): Error {
  const { name } = (cause ?? {}) as { name?: unknown };
  const message = name === 'TimeoutError' || name === 'AbortError' ? 'did not answer in time' : 'could not be reached';
  return new KeptError('WEBHOOK_UNHEARD', `The recipient ${message}`, {
    place: 'webhook',
    remedy: 'It is tried again until the notice is due.',
    cause,
  });
}
