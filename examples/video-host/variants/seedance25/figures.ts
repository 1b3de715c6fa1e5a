import type { FigureQuestion, FigureTable } from '@kept/core';
import { Router } from 'express';
import type { Site } from './site.ts';

const acquisition = { collection: 'firstVisits', purpose: 'analytics.acquisition' } as const;

const asked = {
  features: { collection: 'interactions', by: 'feature', purpose: 'analytics.usage' },
  campaigns: { ...acquisition, by: 'campaign.source' },
  referrers: { ...acquisition, by: 'referrer' },
} as const satisfies Record<string, FigureQuestion>;

/** How people use the site and how they found it: groups that the policy lets anybody see, and nobody who objects. */
export function figures({ kept, render }: Site): Router {
  const router = Router();
  router.get('/figures', async (req, res) => {
    const [features, campaigns, referrers] = await Promise.all([
      kept.figures.count(asked.features),
      kept.figures.count(asked.campaigns),
      kept.figures.count(asked.referrers),
    ]);
    if (req.accepts(['html', 'json']) === 'json') return void res.json({ features, campaigns, referrers });
    const tables = [
      { title: 'What people use', ...named(features, 'nothing') },
      { title: 'Campaigns that brought them', ...named(campaigns, 'none') },
      { title: 'Pages that brought them', ...named(referrers, 'none') },
    ];
    render(req, res, 'figures', { title: 'In figures', tables });
  });
  return router;
}

function named({ shown, suppressed }: FigureTable, nothing: string) {
  return { groups: shown.map(({ value, people }) => ({ of: value ?? nothing, people })), suppressed };
}
