import type { Kept } from '@kept/core';
import { aPerson, aVideo, linkFor, type Person, rawMail } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';

export const MAILBOX = 'support@sdanceai.com';
const WORDS = 'Hi, please delete everything you have about me. Thanks, Mara';

export interface Cast {
  readonly mara: Person;
  readonly ben: Person;
  readonly files: readonly string[];
  readonly benFiles: readonly string[];
  readonly staff: readonly [string, string];
  /** Under which the raw mail of her earlier conversation is sealed. */
  readonly inquiryKey: string;
}

/** Mara with all that she has, a closed conversation with her, and Ben, who remixed one of hers from a shared picture. */
export async function cast(the: Scene, kept: Kept): Promise<Cast> {
  const mara = await aPerson(the, 'mara@example.org', { videos: 2, logs: 2, payments: 1 });
  const ben = await aPerson(the, 'ben@example.org', { videos: 0, logs: 1, payments: 0 });
  const shared = 'uploads/shared.png';
  await the.media.put(shared, Buffer.from('picture'));
  const createdAt = the.clock.now();
  const hers = await aVideo(the, mara.id, { createdAt, input: shared });
  const his = await aVideo(the, ben.id, { createdAt, input: shared, parentId: hers });
  const video = (id: unknown): string => `generations/${id}.mp4`;
  const files = [...mara.videos.flatMap((id) => [video(id), `uploads/${id}.png`]), video(hers)];

  const asked = rawMail('mara@example.org', 'How do I download a video?');
  const { id } = await kept.mail.receive({ mailbox: MAILBOX, raw: asked });
  await kept.mail.work();
  const { items } = await kept.tickets.queue({ kind: 'inquiry' });
  await kept.tickets.close(items[0]?._id ?? '', 'ada');
  await kept.outbox.deliver();

  const password = 'a long password';
  const ada = await kept.staff.add({ email: 'ada@kept.test', name: 'Ada', role: 'agent', password });
  const lin = await kept.staff.add({ email: 'lin@kept.test', name: 'Lin', role: 'lead', password });
  await kept.evidence.sequence();
  return { mara, ben, files, benFiles: [shared, video(his)], staff: [ada._id, lin._id], inquiryKey: `mail:${id}` };
}

/**
 * One mail all the way, as far as it goes from wherever it stands: people and staff look at what is there and do the next
 * thing, as they would after an interruption. The mail is sent again until somebody answers for it, as SMTP does.
 */
export async function live(the: Scene, kept: Kept, { staff }: Cast): Promise<void> {
  await kept.mail.receive({ mailbox: MAILBOX, raw: rawMail('Mara <mara@example.org>', WORDS) });
  await work(kept);

  const link = linkFor(the, 'mara@example.org');
  if ((await kept.requests.peekConfirmation(link))?.state === 'usable') await kept.requests.confirm(link);
  await work(kept);

  const [request] = (await kept.requests.list()).items;
  if (request?.status === 'previewed') await kept.requests.propose(request._id, staff[0], request.preview.hash);
  const proposed = await kept.requests.get(request?._id ?? '');
  if (proposed?.status === 'proposed') await kept.requests.approve(proposed._id, staff[1], proposed.preview.hash);
  await work(kept);
}

/** What the jobs do, without the sweep, which has its own story. */
async function work(kept: Kept): Promise<void> {
  await kept.mail.work();
  await kept.requests.advance();
  await kept.outbox.deliver();
  await kept.evidence.sequence();
  await kept.evidence.anchor();
}
