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
  /** What was typed and not stored, so that it is not lost. */
  readonly unsent: string | undefined;
}

const TITLE: Readonly<Record<number, string>> = {
  401: 'Please sign in',
  403: 'Not for you to decide',
  404: 'Not found',
  409: 'Somebody was faster',
  422: 'Something is missing',
  429: 'Too many attempts',
};

/** A friendly page for whatever was thrown: codes and remedies of ours, and nothing of what was not meant for people. */
export function presentError(error: unknown, back: string, unsent: string | undefined): ErrorModel {
  const status = isKeptError(error) ? statusOf(error.code) : 500;
  const known = isKeptError(error) && status < 500;
  return {
    status,
    title: TITLE[status] ?? 'Something broke on our side',
    message: known
      ? `${error.message}.`.replace(/([.!?])\.$/, '$1')
      : 'The page could not be made. It has been logged.',
    remedy: isKeptError(error)
      ? error.remedy
      : 'Try again in a minute; if it stays, tell the operators the code below.',
    code: isKeptError(error) ? error.code : 'UNEXPECTED_BROKEN',
    back,
    unsent,
  };
}
