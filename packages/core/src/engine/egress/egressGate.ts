import type { EgressGate, Occasion } from '../keptEgress.ts';
import type { ByteStream } from '../ports/mediaStripper.ts';
import type { Worlds } from '../useCasesInForce.ts';
import { destinationOf } from './destination.ts';
import { disclose } from './disclose.ts';
import { passBody } from './passBody.ts';
import { type Cleared, type Outgoing, passRequest } from './passRequest.ts';

/** What the outside ring makes of a gate: requests are read, written and sent there. */
export type Network = (clear: (outgoing: Outgoing) => Promise<Cleared>) => Pick<EgressGate, 'request' | 'fetch'>;

/** The way out to a recipient. Each call is judged by the version of the policy that is in force then. */
export function egressGate(worlds: Worlds, network: Network, name: string, occasion: Occasion): EgressGate {
  return {
    pass: async (body) => passBody(await worlds.now(), name, occasion, body),
    ...network(async (outgoing) => passRequest(await worlds.now(), name, occasion, outgoing)),

    stream(category, type): ByteStream {
      // Nothing flows before `start` has ended well.
      const gate = new TransformStream<Uint8Array, Uint8Array>({
        async start() {
          const world = await worlds.now();
          const to = destinationOf(world, name, occasion);
          const field = to.rule?.fields.find((each) => each.media === 'bytes' && each.category === category);
          const leaves = field ? [{ field, at: [field.path], value: new Uint8Array() }] : [];
          const { rule: _, ...unlisted } = to;
          await disclose(world, field ? to : unlisted, { leaves, unlisted: 0, names: [] }, async () =>
            leaves.map((leaf) => ({ ...leaf, personal: [], media: [] })),
          );
        },
      });
      return { writable: gate.writable, readable: gate.readable.pipeThrough(worlds.latest().media.stream(type)) };
    },
  };
}
