import { KeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import type { Transfers } from '../keptTransfer.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { World } from '../world.ts';
import type { BusinessTransfer } from './businessTransfer.ts';
import { prepareTransfer } from './prepareTransfer.ts';
import { runTransfer } from './runTransfer.ts';
import { forgetLetters, SENDING_DAYS, tellPeople } from './tellPeople.ts';

const DAY_MS = 86_400_000;

/** Business transfers, from the count to the manifest. */
export function transfers(world: World): Transfers {
  const records = world.records.collection<BusinessTransfer>('transfers');
  const { service } = world;

  return {
    prepare: (input) => prepareTransfer(world, input),

    async approve(id, by, hash) {
      const now = world.clock.now();
      await findTransfer(world, id);
      await demandOffice(world, by, `transfer ${id}`);
      const staff = await staffInOffice(world, false);
      return update<BusinessTransfer>(world, 'transfers', id, (each) => {
        if (each.withdrawn) throw conflict(id, 'It was withdrawn', 'Prepare it again.');
        if (each.approvedAt) throw conflict(id, 'It has its signatures already', 'People are being told of it.');
        if (each.preview.hash !== hash || each.preview.policy !== world.policy.hash)
          throw conflict(id, 'This is not what was counted', 'Prepare it again, and look at the new counts.');
        const standing = each.signatures.filter((one) => staff.some(({ _id }) => _id === one.by));
        if (standing.some((one) => one.by === by))
          throw conflict(id, 'You have signed for this already', 'A second person must sign.');

        const signatures = [...standing, { by, at: now }];
        const signed = event(world, 'TransferSigned', now, { by, hash });
        if (signatures.length < 2) return { document: { ...each, signatures }, events: [signed] };
        if (!signatures.some((one) => staff.some(({ _id, role }) => _id === one.by && role === 'lead'))) {
          const remedy = 'Ask a privacy lead to sign.';
          const message = 'A privacy lead must be among those who approve it';
          throw new KeptError('APPROVAL_REFUSED', message, { place: `transfer ${id}`, remedy });
        }
        const objectBy = new Date(now.getTime() + (each.waitingDays + SENDING_DAYS) * DAY_MS);
        const approved = event(world, 'TransferApproved', now, { hash, objectBy: objectBy.toISOString() });
        return {
          document: { ...each, signatures, approvedAt: now, objectBy, telling: { told: 0 } },
          events: [signed, approved],
        };
      });
    },

    async withdraw(id, by) {
      const now = world.clock.now();
      await findTransfer(world, id);
      await demandOffice(world, by, `transfer ${id}`);
      return update<BusinessTransfer>(world, 'transfers', id, (each) => {
        if (each.withdrawn) return undefined;
        if (each.run?.doneAt) throw conflict(id, 'It is over already', 'What has gone cannot be called back.');
        return {
          document: { ...each, withdrawn: { by, at: now } },
          events: [event(world, 'TransferWithdrawn', now, { by })],
        };
      });
    },

    async advance() {
      const open = await records.find({ service, approvedAt: { exists: true }, clearedAt: { exists: false } });
      let told = 0;
      for (const transfer of open) {
        told += await tellPeople(world, transfer._id);
        await forgetLetters(world, transfer);
      }
      return { told };
    },

    async run(id, into) {
      await findTransfer(world, id);
      return runTransfer(world, id, into);
    },

    async get(id) {
      const transfer = await records.get(id);
      return transfer?.service === service ? transfer : undefined;
    },

    list: () => records.find({ service }, { sort: { 'prepared.at': -1, _id: 1 }, limit: 100 }),
  };
}

/** Throws TRANSFER_NOT_FOUND. */
async function findTransfer(world: World, id: unknown): Promise<BusinessTransfer> {
  const found =
    typeof id === 'string' ? await world.records.collection<BusinessTransfer>('transfers').get(id) : undefined;
  if (found?.service === world.service) return found;
  throw new KeptError('TRANSFER_NOT_FOUND', 'There is no such transfer', {
    place: 'transfer',
    remedy: 'Check the id, and that it belongs to this service.',
  });
}

function conflict(id: string, message: string, remedy: string): KeptError {
  return new KeptError('TRANSFER_CONFLICT', message, { place: `transfer ${id}`, remedy });
}
