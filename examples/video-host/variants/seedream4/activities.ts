import type { Request } from 'express';
import { type Editor, isPermitted } from './editor.ts';
import type { Activity, GuestDocument } from './models.ts';

/** Counts the use of a feature, day by day, unless the person objects to it; the device only for those whom it may serve. */
export async function note(editor: Editor, req: Request, guest: GuestDocument, feature: string): Promise<void> {
  const subject = guest.id;
  if (!(await isPermitted(editor, { subject, purpose: 'analytics.usage', category: 'usage.interaction' }))) return;
  const mayKnowDevice = await isPermitted(editor, {
    subject,
    purpose: 'service.compatibility',
    category: 'log.device',
  });
  const at = new Date(editor.now());
  at.setUTCHours(0, 0, 0, 0);
  await editor.models.activities.updateOne(
    { visitorId: guest._id, feature, at },
    { $inc: { count: 1 }, ...(mayKnowDevice && { $set: deviceOf(req.get('user-agent') ?? '') }) },
    { upsert: true },
  );
}

/** Three words about a device; the line that browsers send is not kept. */
export function deviceOf(userAgent: string): Required<Pick<Activity, 'deviceType' | 'os' | 'browser'>> {
  const first = (known: readonly string[]): string => known.find((word) => userAgent.includes(word)) ?? 'other';
  return {
    deviceType: /iPad|Tablet/.test(userAgent) ? 'tablet' : /Mobi/.test(userAgent) ? 'phone' : 'computer',
    os: first(['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux']),
    browser: first(['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari']),
  };
}
