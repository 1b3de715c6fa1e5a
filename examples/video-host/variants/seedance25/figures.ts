import { decide } from '@kept/core';
import { Router } from 'express';
import type { Site } from './site.ts';

export interface Figure {
  readonly of: string;
  readonly people: number;
}

export interface Figures {
  readonly shown: readonly Figure[];
  /** How many groups are too small to be shown. */
  readonly suppressed: number;
}

/** How people use the site and how they found it: groups only, and nobody who objects is counted. */
export function figures(site: Site): Router {
  const router = Router();
  router.get('/figures', async (req, res) => {
    const [usage, acquisition] = await Promise.all([usageFigures(site), acquisitionFigures(site)]);
    if (req.accepts(['html', 'json']) === 'json') res.json({ usage, acquisition });
    else site.render(req, res, 'figures', { title: 'In figures', usage, acquisition });
  });
  return router;
}

/** By feature, how many people used it. */
export async function usageFigures(site: Site): Promise<Figures> {
  const uses = await site.models.interactions.find({}, { userId: 1, feature: 1 }).lean();
  const rows = uses.map(({ userId, feature }) => ({ of: feature, subject: String(userId) }));
  return counted(site, 'analytics.usage', 'usage.interaction', rows);
}

/** By campaign or referring page, how many first visits it brought. */
export async function acquisitionFigures(site: Site): Promise<Figures> {
  const visits = await site.models.firstVisits.find({}, { userId: 1, referrer: 1, campaign: 1 }).lean();
  const rows = visits.map(({ _id, userId, referrer, campaign }) => ({
    of: campaign?.source ?? referrer ?? 'directly',
    ...(userId ? { subject: String(userId) } : { visitor: String(_id) }),
  }));
  return counted(site, 'analytics.acquisition', 'usage.attribution', rows);
}

interface Row {
  readonly of: string;
  /** Whose account; the visitor's own record where there is none. */
  readonly subject?: string;
  readonly visitor?: string;
}

async function counted({ kept, now }: Site, purpose: string, category: string, rows: readonly Row[]): Promise<Figures> {
  const group = new Set(rows.map(({ subject, visitor }) => subject ?? visitor)).size;
  const out = new Set<string>();
  for (const subject of new Set(rows.flatMap((row) => row.subject ?? []))) {
    const { outcome } = await kept.decide({ subject, purpose, category, group });
    if (outcome !== 'permitted') out.add(subject);
  }

  const people = new Map<string, Set<string>>();
  for (const { of, subject, visitor } of rows) {
    if (subject && out.has(subject)) continue;
    people.set(of, (people.get(of) ?? new Set()).add(subject ?? visitor ?? ''));
  }
  const nobody = { consents: [], objections: [], restricted: false, held: false };
  const all = [...people].map(([of, each]) => ({ of, people: each.size }));
  const shown = all.filter(
    (figure) => decide(kept.policy, nobody, { purpose, category, group: figure.people }, now()).outcome === 'permitted',
  );
  return {
    shown: shown.sort((a, b) => b.people - a.people || (a.of < b.of ? -1 : 1)),
    suppressed: all.length - shown.length,
  };
}
