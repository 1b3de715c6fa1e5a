import { notFound } from '../aggregate.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { HIDDEN_LINK } from '../outbox/withRealLink.ts';
import { lawForReader } from '../requests/lawForReader.ts';
import type { Answer, EndedRequest } from '../rights/executor.ts';
import type { Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { packageState } from './openPackage.ts';
import { packageId, type StoredPackage } from './storedPackage.ts';

const MEGABYTE = 1_000_000;

/** The letter that says that the package of a request is ready, where it can be fetched and until when. */
export async function packageAnswer(world: World, request: EndedRequest): Promise<Answer> {
  const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
  if (!ticket) throw notFound('tickets', request.ticket);
  const made = await world.records.collection<StoredPackage>('packages').get(packageId(request._id));
  if (!made?.readyAt || !made.availableUntil) throw new RangeError('There is no package to write of');

  const { parts, records, files, bytes } = packageState(made);
  const model = {
    ...letterFrame(world, ticket),
    right: request.right,
    receivedOn: dayOf(world, request.receivedAt),
    madeOn: dayOf(world, made.readyAt),
    availableUntil: dayOf(world, made.availableUntil),
    ...{ parts: parts.length, records, files },
    megabytes: Math.ceil(bytes / MEGABYTE),
    missing: request.status === 'partly-fulfilled' ? request.missing : [],
    link: HIDDEN_LINK,
    law: await lawForReader(world, request),
  };
  return { letter: 'rights-package-ready', model };
}
