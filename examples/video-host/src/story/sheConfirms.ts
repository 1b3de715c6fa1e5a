import { expect } from './expect.ts';
import { table } from './narrator.ts';
import { letterAbout, linkIn, type Stage } from './stage.ts';
import { runJobs } from './walkClock.ts';

const ZONE = 'Europe/Berlin';
const dayOf = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: ZONE });

/** A scanner opens the link and changes nothing; the person presses the button once; staff get a preview. */
export async function sheConfirms(stage: Stage, id: string): Promise<void> {
  const { server, say } = stage;
  const { kept } = server;
  say.chapter('It is really her');
  const letter = await letterAbout(stage, 'mara@example.org', 'Please confirm');
  const link = linkIn(stage, letter, 'confirm');

  for (const method of ['HEAD', 'GET', 'GET']) expect((await fetch(link, { method })).ok, 'the page of the link opens');
  expect((await kept.requests.get(id))?.status === 'received', 'a link that is only opened changes nothing');
  say.tell('A mail scanner opened the link three times. Nothing changed.');

  expect((await fetch(link, { method: 'POST' })).ok, 'the button confirms');
  expect((await kept.requests.get(id))?.status === 'verified', 'the button confirms');
  expect((await fetch(link, { method: 'POST' })).status === 409, 'the link works once');
  say.tell('Mara pressed the button, once for both. A second press was refused: the link works once.');

  await runJobs(kept);
  const request = await kept.requests.get(id);
  expect(request?.status === 'previewed', 'a preview is made');
  const { preview } = request;
  say.tell('What an erasure would do, counted:', { preview: preview.hash.slice(0, 12) });
  say.show(
    table([
      ['where', 'what happens', 'records', 'files', 'why it stays'],
      ...preview.lines
        .filter((line) => line.count > 0)
        .map((line) => [
          line.collection,
          line.action,
          line.count,
          line.files,
          line.ground ? `${line.ground.article}${line.until ? `, until ${dayOf(line.until)}` : ''}` : '',
        ]),
    ]),
  );
}
