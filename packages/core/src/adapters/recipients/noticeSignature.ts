/** What is signed of a webhook (Standard Webhooks 1.0): its id, the seconds of its time and its body, as they were sent. */
export function signedText(id: string, seconds: string, body: string): string {
  return `${id}.${seconds}.${body}`;
}

/** The mark of an Ed25519 signature in `webhook-signature`; what follows is base64. */
export const ED25519 = 'v1a,';
