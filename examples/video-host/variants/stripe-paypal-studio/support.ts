import { Router } from 'express';
import { personOf, signedIn } from '../../src/web/guards.ts';
import type { Person } from './models.ts';
import type { Studio } from './studio.ts';

const shown = 20;

/**
 * The support section. Kept's own pages take what the form sends, for whoever is signed in; what was said stands here, without
 * anything that came by mail: nobody has shown that who owns the account wrote that.
 */
export function support({ kept, render }: Studio): Router {
  const router = Router();
  router.get('/support', signedIn, async (req, res) => {
    const { id } = personOf<Person>(req);
    const latest = (await kept.support.of(id)).slice(0, shown);
    const conversations = await Promise.all(latest.map((each) => kept.support.get(id, each.id)));
    render(req, res, 'support', {
      title: 'Support',
      conversations: conversations.map(({ messages, state, ...one }) => ({
        ...one,
        waits: state === 'waits-for-us',
        messages: messages.map(({ by, ...said }) => ({ ...said, mine: by === 'you' })),
      })),
    });
  });
  return router;
}
