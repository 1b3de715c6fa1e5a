import type { Hold } from '../../kernel/decision.ts';
import type { StoredHold, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Every hold that stands now: those placed, and the freeze that an open access request means for its subject's data
 * (deleting data to frustrate access is an offence in the UK, DPA 2018 s.173). Unverified requests freeze nothing,
 * or a stranger could; and what is only stored while a report is decided may end all the same.
 */
export async function activeHolds(
  world: Pick<World, 'service' | 'records'>,
  now: Date,
  subject?: string,
): Promise<Hold[]> {
  const placed = await placedHolds(world, subject);
  const open = await world.records.collection<StoredRequest>('requests').find({
    service: world.service,
    right: { in: ['access', 'portability'] },
    status: { in: ['verified', 'previewed', 'proposed', 'approved', 'running'] },
    test: { exists: false },
    ...(subject && { subject }),
  });
  return [
    ...placed.filter((hold) => !hold.report && (!hold.until || hold.until > now)),
    ...open.map((request) => ({
      kind: 'access-open' as const,
      subject: 'subject' in request ? request.subject : '',
      ground: `${request.right} request ${request._id} is open`,
      from: request.receivedAt,
    })),
  ];
}

/** Every hold that was ever placed, on the subject or on everybody. */
export async function placedHolds(
  { service, records }: Pick<World, 'service' | 'records'>,
  subject?: string,
): Promise<StoredHold[]> {
  return records
    .collection<StoredHold>('holds')
    .find({ service, ...(subject && { subject: { in: [subject, null] } }) });
}

/** The holds that a plan must respect. An open access request is not among them: an erasure waits for it instead. */
export async function standingHolds(world: World, now: Date, subject: string): Promise<Hold[]> {
  return (await activeHolds(world, now, subject)).filter((hold) => hold.kind !== 'access-open');
}
