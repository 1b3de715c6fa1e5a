import type { Seeded } from '../variant.ts';
import { expect } from './expect.ts';
import { fetchPackage } from './fetchPackage.ts';
import type { Stage } from './stage.ts';
import { runJobs } from './walkClock.ts';

/** Somebody who stays takes a copy along, signed in and with one button, in files that another service can read. */
export async function takenAlong(stage: Stage<Pick<Seeded, 'people'>>, key: string): Promise<void> {
  const { server, say, cast } = stage;
  const { kept, urls } = server;
  const { email = '', password = '' } = cast.people[key] ?? {};
  say.chapter(`${key[0]?.toUpperCase()}${key.slice(1)} takes a copy along to another service`);

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
  const { files } = await fetchPackage(stage, page, cookie);
  const names = [...files.keys()];
  for (const ending of ['.json', '.ndjson', '.csv', '.schema.json'])
    expect(
      names.some((name) => name.endsWith(ending)),
      `the copy has files that end in ${ending}`,
    );
  say.tell('Asked for in the app, made at once, fetched on the page of the account; kept verify: good.', {
    tables: names.filter((name) => name.endsWith('.csv')).length,
    media: names.filter((name) => name.startsWith('media/') && !name.endsWith('.json')).length,
  });
}
