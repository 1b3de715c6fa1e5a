import type { Request } from 'express';
import type { DeviceLog, Person } from './models.ts';
import { countryOf, type Site } from './site.ts';

const systems = [
  ['iOS', /iPhone|iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

const browsers = [
  ['Edge', /Edg\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrome\//],
  ['Safari', /Safari\//],
] as const;

/** Tells a user agent by its kind; the string itself is not kept. */
export function deviceOf(userAgent: string): Pick<DeviceLog, 'device' | 'system' | 'browser'> {
  const named = (known: readonly (readonly [string, RegExp])[]): string =>
    known.find(([, sign]) => sign.test(userAgent))?.[0] ?? 'other';
  const device = /iPad|Tablet/.test(userAgent) ? 'tablet' : /Mobi|iPhone/.test(userAgent) ? 'phone' : 'desktop';
  return { device, system: named(systems), browser: named(browsers) };
}

/** Writes down from which device somebody signed in or changed something. */
export async function noteDevice({ models, now }: Site, req: Request, person: Pick<Person, '_id'>): Promise<void> {
  const region = countryOf(req);
  await models.deviceLogs.create({
    userId: person._id,
    at: now(),
    ip: req.ip ?? '',
    ...deviceOf(req.get('user-agent') ?? ''),
    ...(region && { region }),
  });
}
