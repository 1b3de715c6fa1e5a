import { demandText } from '../demandText.ts';
import type { Links, ShareLink } from '../keptLinks.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { createLink } from './createLink.ts';
import { linkNotFound, openLink } from './openLink.ts';
import { revokeLinks } from './revokeLinks.ts';
import { type StoredLink, stateOf } from './storedLink.ts';

const LONGEST_ID = 200;

export function links(world: World): Links {
  const records = world.records.collection<StoredLink>('links');
  const { service } = world;

  return {
    create: (link) => createLink(world, link),
    open: (token, from) => openLink(world, token, from),

    async revoke(id, subject) {
      demandSubject(subject);
      const link = await records.get(demandText(id, 'id', LONGEST_ID));
      if (link?.service !== service || link.subject !== subject) throw linkNotFound();
      await revokeLinks(world, [link], world.clock.now());
    },

    async revokeAll(subject, of) {
      demandSubject(subject);
      const one = of && {
        collection: demandText(of.collection, 'collection', LONGEST_ID),
        record: demandText(of.record, 'record', LONGEST_ID),
      };
      const all = await records.find({ service, subject, ...one });
      return revokeLinks(world, all, world.clock.now());
    },

    async of(subject) {
      demandSubject(subject);
      const now = world.clock.now();
      const all = await records.find({ service, subject }, { sort: { createdAt: -1, _id: 1 } });
      return all.map((link) => presented(link, now));
    },
  };
}

function presented(link: StoredLink, now: Date): ShareLink {
  const { _id: id, collection, record, part, createdAt, until, revokedAt, opened } = link;
  const dates = { createdAt, ...(until && { until }), ...(revokedAt && { revokedAt }) };
  return { id, state: stateOf(link, now), collection, record, part, ...dates, opened };
}
