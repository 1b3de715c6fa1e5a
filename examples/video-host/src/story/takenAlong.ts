import type { Seeded, SeededPerson } from '../variant.ts';
import { expect } from './expect.ts';
import { fetchPackage } from './fetchPackage.ts';
import { letterAbout, linkIn, type Stage } from './stage.ts';
import { runJobs } from './walkClock.ts';
import { writeToSupport } from './writeToSupport.ts';

const WORDS = 'Hello,\n\nplease export my data as JSON so that I can take it to another service.\n';

/** Where a copy lies ready, and how its person got there. */
interface Ready {
  readonly page: string;
  readonly cookie?: string;
  readonly how: string;
}

/**
 * Somebody who stays takes a copy along, in files that another service can read: with one button in the app, or by mail
 * where people do not sign in by a password.
 */
export async function takenAlong(stage: Stage<Pick<Seeded, 'people'>>, key: string): Promise<void> {
  const { say, cast } = stage;
  const person = cast.people[key];
  expect(person !== undefined, `${key} is in the cast`);
  say.chapter(`${key[0]?.toUpperCase()}${key.slice(1)} takes a copy along to another service`);

  const { page, cookie, how } = person.password ? await inTheApp(stage, person) : await byMail(stage, person);
  const { files } = await fetchPackage(stage, page, cookie);
  const names = [...files.keys()];
  for (const ending of ['.json', '.ndjson', '.csv', '.schema.json'])
    expect(
      names.some((name) => name.endsWith(ending)),
      `the copy has files that end in ${ending}`,
    );
  say.tell(`${how} kept verify: good.`, {
    tables: names.filter((name) => name.endsWith('.csv')).length,
    media: names.filter((name) => name.startsWith('media/') && !name.endsWith('.json')).length,
  });
}

async function inTheApp({ server }: Pick<Stage, 'server'>, { email, password = '' }: SeededPerson): Promise<Ready> {
  const { kept, urls } = server;
  const send = (path: string, form: Readonly<Record<string, string>>, cookie = ''): Promise<Response> =>
    fetch(new URL(path, urls.host), {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
      headers: { accept: 'application/json', cookie },
    });
  const signedIn = await send('/sign-in', { email, password });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const asked = await send('/privacy/requests', { right: 'portability' }, cookie);
  expect(asked.status === 201, 'one button in the app asks for a copy in a common format');
  await runJobs(kept);

  const overview = await fetch(`${urls.privacy}/`, { headers: { accept: 'application/json', cookie } });
  const { packages } = (await overview.json()) as { packages: { id: string }[] };
  const page = `${urls.privacy}/packages/${packages[0]?.id}`;
  expect(!(await fetch(page)).ok, 'nobody else opens the page of the account');
  return { page, cookie, how: 'Asked for in the app, made at once, fetched on the page of the account.' };
}

async function byMail(stage: Pick<Stage, 'server'>, { email }: SeededPerson): Promise<Ready> {
  const { kept } = stage.server;
  await writeToSupport(stage, { from: email, subject: 'My data', text: WORDS });
  await runJobs(kept);
  const confirm = linkIn(stage, await letterAbout(stage, email, 'Please confirm'), 'confirm');
  expect((await fetch(confirm, { method: 'POST' })).ok, 'the button of the link confirms');
  await runJobs(kept);
  const page = linkIn(stage, await letterAbout(stage, email, 'What you asked us for is ready'), 'package');
  return { page, how: 'Asked for by mail, confirmed by one link, made at once, fetched by another.' };
}
