import { isKeptError } from '../kept.ts';
import { statusOf } from '../statusOf.ts';

export interface ErrorModel {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  readonly remedy: string;
  readonly code: string;
  /** Where "back" leads, below the mount. */
  readonly back: string;
  readonly backTo: string;
  /** What was typed and not stored, so that it is not lost. */
  readonly unsent: string | undefined;
}

const TITLE: Readonly<Record<number, string>> = {
  401: 'Please sign in',
  403: 'Not for you to decide',
  404: 'Not found',
  409: 'Not possible as things stand',
  422: 'Please look at the form again',
  429: 'Too many attempts',
};

const BACK_TO = [
  ['/tickets/', 'Back to the ticket'],
  ['/requests/', 'Back to the request'],
  ['/findings', 'Back to the findings'],
  ['/mails', 'Back to the mails'],
  ['/retention', 'Back to retention'],
] as const;

/** A friendly page for whatever was thrown: codes and remedies of ours, and nothing of what was not meant for people. */
export function presentError(error: unknown, back: string, unsent: string | undefined): ErrorModel {
  const status = isKeptError(error) ? statusOf(error.code) : 500;
  const raced = isKeptError(error) && error.code === 'RECORD_CONFLICT';
  const known = isKeptError(error) && status < 500;
  return {
    status,
    title: raced ? 'Somebody was faster' : (TITLE[status] ?? 'Something broke on our side'),
    message: known
      ? `${error.message}.`.replace(/([.!?])\.$/, '$1')
      : 'The page could not be made. It has been logged.',
    remedy: isKeptError(error)
      ? error.remedy
      : 'Try again in a minute; if it stays, tell the operators the code below.',
    code: isKeptError(error) ? error.code : 'UNEXPECTED_BROKEN',
    back,
    backTo: BACK_TO.find(([start]) => back.startsWith(start))?.[1] ?? 'Back to the queue',
    unsent,
  };
}
