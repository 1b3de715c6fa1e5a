import { isLoopback } from './isLoopback.ts';

/** Whether nobody can listen: TLS, or this machine itself, and that in development only. */
export function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (isLoopback(hostname) && process.env.NODE_ENV !== 'production');
}
