import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Seeded, SeededPerson, Variant } from '../variant.ts';
import { copyFirst } from './copyFirst.ts';
import { expect } from './expect.ts';
import { table } from './narrator.ts';
import { openHouse, type StoryOptions, type StoryTold } from './openHouse.ts';
import { provedOffline } from './provedOffline.ts';
import { letterAbout, linkIn, type Stage } from './stage.ts';
import { takenAlong } from './takenAlong.ts';
import { twoApprove } from './twoApprove.ts';
import { runJobs, walkClock } from './walkClock.ts';
import { writeToSupport } from './writeToSupport.ts';

const WORDS = 'Hello,\n\nplease send me a copy of all my data, then delete everything you have about me.\n';
const MONTH_AND_MORE = 35;

/**
 * The short story that every pack can tell: somebody asks by mail for a copy, then to be erased; another takes
 * their data along; and then time goes by for the others.
 */
export async function tellPack(variant: Variant, options: StoryOptions): Promise<StoryTold> {
  const plot = {
    variant,
    seed: (scene: Parameters<Variant['seed']>[0]) => variant.seed(scene),
    async tell(stage: Stage<Seeded>) {
      const person = stage.cast.people[stage.cast.protagonist];
      expect(person !== undefined, 'somebody plays the main part');
      const asked = await asks(stage, person);
      await confirms(stage, person, asked.erasure);
      await twoApprove(stage, asked.erasure);
      await copyFirst(stage, asked, person.email);
      const receipt = await isErased(stage, person, asked.erasure);
      await provedOffline(stage, receipt);
      await takenAlong(stage, whoStays(stage.cast));
      await timeGoesBy(stage, options.days ?? MONTH_AND_MORE);
    },
  };
  return openHouse(plot, options);
}

/** Somebody else than the one who is erased, who signs in by a password where people do. */
function whoStays({ people, protagonist }: Seeded): string {
  const others = Object.keys(people).filter((key) => key !== protagonist);
  return others.find((key) => people[key]?.password) ?? others[0] ?? '';
}

async function asks(
  stage: Stage<Seeded>,
  { email }: SeededPerson,
): Promise<{ readonly copy: string; readonly erasure: string }> {
  const { server, say } = stage;
  say.chapter('Somebody asks by mail for a copy, and then to be deleted');
  await writeToSupport(stage, { from: email, subject: 'My data', text: WORDS });
  await runJobs(server.kept);
  const { items } = await server.kept.requests.list({ status: 'open' });
  const copy = items.find(({ right }) => right === 'access');
  const erasure = items.find(({ right }) => right === 'erasure');
  const both = items.length === 2 && copy !== undefined && erasure !== undefined;
  expect(both, 'the mail is recognised as a request for a copy and one for erasure');
  for (const request of [copy, erasure]) {
    const { promiseDue, due } = await server.kept.requests.clock(request);
    const promise = promiseDue ? `promised by ${promiseDue}, ` : '';
    say.tell(`Recognised: ${request.right}; an answer is ${promise}due by law on ${due}.`, { id: request._id });
  }
  return { copy: copy._id, erasure: erasure._id };
}

async function confirms(stage: Stage<Seeded>, { email }: SeededPerson, id: string): Promise<void> {
  const { server, say } = stage;
  say.chapter('It is really that person');
  const letter = await letterAbout(stage, email, 'Please confirm');
  const link = linkIn(stage, letter, 'confirm');
  expect((await fetch(link, { method: 'POST' })).ok, 'the button of the link confirms');
  await runJobs(server.kept);
  const request = await server.kept.requests.get(id);
  expect(request?.status === 'previewed', 'a preview is made');
  const { lines } = request.preview;
  const { zone } = server.kept.policy.controller;
  const dayOf = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: zone });
  say.tell('The link was used; what an erasure would do, counted:');
  say.show(
    table([
      ['where', 'what happens', 'records', 'files', 'why it stays'],
      ...lines
        .filter(({ count }) => count > 0)
        .map(({ collection, action, count, files, ground, until }) => [
          collection,
          action,
          count,
          files,
          [ground?.article, until && `until ${dayOf(until)}`].filter(Boolean).join(', '),
        ]),
    ]),
  );
}

async function isErased(stage: Stage<Seeded>, { id: subject, email }: SeededPerson, id: string): Promise<string> {
  const { server, say, dir } = stage;
  const { kept, connection } = server;
  say.chapter('Everything goes');
  await runJobs(kept);
  const request = await kept.requests.get(id);
  expect(request?.status === 'fulfilled', 'the request is fulfilled');
  expect(request.residue?.found === 0, 'a second look finds nothing');
  for (const { name } of kept.policy.inventory.collections) {
    const texts = JSON.stringify(await connection.collection(name).find().toArray());
    expect(!texts.includes(subject) && !texts.includes(email), `nothing in ${name} leads to the person`);
  }
  const letter = await letterAbout(stage, email, 'Your data has been erased');
  const receipt = await kept.requests.receipt(id);
  expect(receipt !== undefined && letter.attachments.length === 1, 'the answer carries the receipt');
  const { document } = receipt.document;
  expect(document.format === 'kept-receipt/1', 'it is the receipt of an erasure');
  const { lines } = document;
  const records = (action: string): number =>
    lines.filter((line) => line.action === action).reduce((sum, line) => sum + line.done, 0);
  say.tell('Erased, and looked at again: nothing leads to the person. The answer carries a signed receipt.', {
    erased: records('erase'),
    'kept without the person': records('detach'),
  });
  const file = path.join(dir, 'receipt.json');
  await writeFile(file, receipt.text);
  return file;
}

async function timeGoesBy({ server, say, clock }: Stage<Seeded>, days: number): Promise<void> {
  const { kept } = server;
  say.chapter(`${days} days go by for the others`);
  await walkClock(kept, clock, days);
  const counts = await kept.retention.sweep({ dryRun: true });
  const late = counts.flatMap(({ collections }) => collections).filter(({ due, held }) => due > held);
  expect(late.length === 0, 'nothing is kept beyond its promise');
  const gone = (await kept.retention.runs({ notable: true, limit: 500 })).flatMap(({ rule, collections }) =>
    collections.filter(({ erased }) => erased > 0).map(({ collection, erased }) => ({ rule, collection, erased })),
  );
  const sums = new Map<string, number>();
  for (const { rule, collection, erased } of gone) {
    const key = `${rule}\n${collection}`;
    sums.set(key, (sums.get(key) ?? 0) + erased);
  }
  say.tell('What their promises ended went on its day, and nothing is kept beyond it.');
  say.show(
    table([
      ['rule', 'where', 'records'],
      ...[...sums].sort().map(([key, sum]) => [...key.split('\n'), sum] as (string | number)[]),
    ]),
  );
}
