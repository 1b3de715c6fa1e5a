import type { Policies } from '../keptPolicies.ts';
import type { World } from '../world.ts';
import { accept, history, unaccepted } from './accept.ts';
import { announce } from './announce.ts';
import { activateDue, approve, closeStale } from './approve.ts';
import { proposals, propose, withdraw } from './proposals.ts';

/** `hear` tells this process at once which version is in force after a call that may have changed it. */
export function policies(world: World, hear: () => Promise<World>): Policies {
  return {
    propose: (policy, by, reason) => propose(world, policy, by, reason),
    async approve(hash, by) {
      const proposal = await approve(world, hash, by);
      await hear();
      return proposal;
    },
    withdraw: (hash, by, reason) => withdraw(world, hash, by, reason),
    proposals: () => proposals(world),
    history: () => history(world),
    accept: (subject, source, version) => accept(world, subject, source, version),
    unaccepted: (subject) => unaccepted(world, subject),
    async advance() {
      const activated = await activateDue(world);
      const current = await hear();
      await closeStale(current);
      return { activated, told: await announce(current) };
    },
  };
}
