import { type Kept, KeptError, type StoredRequest } from '../../packages/console/src/kept.ts';
import type { RequestCommand } from '../../packages/core/src/kernel/request/requestEvent.ts';
import * as rights from './rightsScene.ts';
import { NOW } from './scene.ts';

type Requests = Pick<
  Kept['requests'],
  | 'weigh'
  | 'decide'
  | 'withdraw'
  | 'stoppableUntil'
  | 'concerns'
  | 'mandateSeen'
  | 'rehearse'
  | 'openTest'
  | 'lookAgain'
  | 'leaveAsItIs'
  | 'copyBefore'
  | 'eraseWithoutCopy'
>;

/** What the engine answers about rights that it carries out; what may be decided when is the kernel's to say. */
export function fakeRights(
  find: (id: string) => StoredRequest,
  command: (id: string, wanted: RequestCommand) => StoredRequest,
): { requests: Requests } & Pieces {
  const noticeOf = (id: string) => rights.notices.find(({ _id }) => _id === id) as (typeof rights.notices)[number];
  const holdOf = (id: string) => rights.holds.find(({ _id }) => _id === id) as (typeof rights.holds)[number];
  return {
    requests: {
      weigh: async (_id, _by, decision) => {
        if (decision.right !== 'rectification') return decision;
        const corrections = decision.corrections.map((each) => {
          if (each.value === 'refused') throw refused();
          const places = [
            { collection: 'users', field: 'name', records: 1 },
            { collection: 'payments', field: 'billing.name', records: 7 },
          ];
          return { ...each, category: 'account.profile', before: 'Mira Sandoval', places };
        });
        return { ...decision, corrections };
      },
      decide: async (id, by, decision) => command(id, { type: 'Decide', by, decision }),
      withdraw: async (id, by) => command(id, { type: 'Withdraw', by }),
      stoppableUntil: async ({ _id }) => (_id === 'stoppable' ? new Date(NOW.getTime() + 86_400_000) : undefined),
      concerns: async (id) => find(id),
      mandateSeen: async (id) => find(id),
      rehearse: async (right) => ({ ...rights.rehearsed, right }),
      openTest: async () => find('tried'),
      lookAgain: async (id) => {
        if (id === 'left') throw stillThere();
        return find(id);
      },
      copyBefore: async ({ _id }) => (_id === 'after' ? { request: 'copy', lacks: false } : undefined),
      eraseWithoutCopy: async (id) => find(id),
      leaveAsItIs: async (id) => find(id),
    },
    packages: {
      ofRequest: async (request) => rights.packages.find((each) => each.request === request),
      receipt: async (way) => ('id' in way && way.id === 'p-1' ? rights.delivered : undefined),
    },
    notifications: {
      list: async ({ request } = {}) => rights.notices.filter((notice) => notice.request === request),
      done: async (id) => noticeOf(id),
      waive: async (id) => noticeOf(id),
      retry: async (id) => noticeOf(id),
    },
    restrictions: {
      history: async (subject) => rights.holds.filter((hold) => hold.subject === subject),
      receipt: async (id) =>
        id === 'h-0' ? { text: rights.delivered, document: JSON.parse(rights.delivered) } : undefined,
      name: async (id) => holdOf(id),
      lift: async (id) => holdOf(id),
    },
    views: {
      open: async () => ({ decision: { outcome: 'permitted', because: [], missing: [], terms: [] }, view: 'v-1' }),
    },
    reports: { shows: async (id) => find(id) },
  };
}

interface Pieces {
  packages: Partial<Kept['packages']>;
  notifications: Partial<Kept['notifications']>;
  restrictions: Partial<Kept['restrictions']>;
  views: Partial<Kept['views']>;
  reports: Partial<Kept['reports']>;
}

function refused(): KeptError {
  const remedy = 'Name another value.';
  return new KeptError('CORRECTION_INVALID', 'This cannot be corrected: it stands there already', {
    place: 'x',
    remedy,
  });
}

function stillThere(): KeptError {
  const message = 'Something is still there: 1 record of comments';
  return new KeptError('REQUEST_CONFLICT', message, { place: 'x', remedy: 'End it there, then look again.' });
}
