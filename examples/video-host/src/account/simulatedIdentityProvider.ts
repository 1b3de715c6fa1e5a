import { createHash } from 'node:crypto';
import type { Identity } from '../models/user.ts';

/** Names of the providers that are simulated. */
export const simulatedProviders: readonly string[] = ['google', 'github'];

/** Stands in for signing in at a provider: tells whose account it is, the same id for the same address each time. */
export function simulatedIdentityProvider(provider: string, email: string): Identity {
  const address = email.trim().toLowerCase();
  const providerId = createHash('sha256').update(`${provider} ${address}`).digest('hex').slice(0, 21);
  return { provider, providerId, email: address };
}
