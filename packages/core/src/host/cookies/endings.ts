import type { Request } from 'express';

/** Of more cookies than these a browser is rid with its next requests. */
const MOST_AT_ONCE = 20;

/**
 * Ends cookies that a browser has and may not have. Where they were set nobody knows: they are ended for this host and for
 * the domains above it, at the root and in the folder of the page.
 */
export function endings(req: Request, names: readonly string[]): string[] {
  const paths = [...new Set(['/', folderOf(req.originalUrl)])];
  const domains = ['', ...domainsAbove(req.hostname).map((domain) => `; Domain=${domain}`)];
  return [...new Set(names)]
    .slice(0, MOST_AT_ONCE)
    .flatMap((name) => paths.flatMap((path) => domains.map((domain) => ending(name, path, domain))));
}

function ending(name: string, path: string, domain: string): string {
  const secure = /^__(Secure|Host)-/i.test(name) ? '; Secure' : '';
  return `${name}=; Path=${path}${domain}; Max-Age=0${secure}`;
}

/** The folder for which a script sets a cookie that names none (RFC 6265, section 5.1.4). */
function folderOf(url: string): string {
  const path = /^\/[\w\-./~%]*/.exec(url)?.[0] ?? '/';
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function domainsAbove(hostname: string | undefined): string[] {
  if (!hostname || !/^[a-z0-9.-]+$/i.test(hostname) || /^[\d.]+$/.test(hostname)) return [];
  const labels = hostname.split('.');
  return labels.slice(0, -1).flatMap((_, at) => {
    const domain = labels.slice(at).join('.');
    return domain.includes('.') ? [domain] : [];
  });
}
