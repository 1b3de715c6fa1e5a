import type { Policies } from '../keptPolicies.ts';
import type { World } from '../world.ts';
import { accept, history, unaccepted } from './accept.ts';
import { announce } from './announce.ts';
import { activateDue, approve } from './approve.ts';
import { proposals, propose, withdraw } from './proposals.ts';

export function policies(world: World): Policies {
  return {
    propose: (policy, by, reason) => propose(world, policy, by, reason),
    approve: (hash, by) => approve(world, hash, by),
    withdraw: (hash, by, reason) => withdraw(world, hash, by, reason),
    proposals: () => proposals(world),
    history: () => history(world),
    accept: (subject, source, version) => accept(world, subject, source, version),
    unaccepted: (subject) => unaccepted(world, subject),
    async advance() {
      const activated = await activateDue(world);
      return { activated, told: await announce(await world.inForce()) };
    },
  };
}
