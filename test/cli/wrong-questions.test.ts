import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ask, words } from './ask.ts';

const DECIDE = 'decide sdance-ai --purpose training --category generation.output';
const DEADLINE = 'deadline --regime eu-gdpr --received 2026-03-03';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-cli-'));
  await writeFile(join(folder, 'note.txt'), 'no key');
});

/** What was typed, the part that must be named, and a word of the remedy. */
const WRONG: readonly (readonly [line: string, place: string, remedy: string])[] = [
  ['', 'No command', 'kept --help'],
  ['deadlin', '"deadlin"', 'deadline'],
  ['request', '"request"', 'approve'],
  ['request aprove', '"request aprove"', 'approve'],
  ['request --json', '"request"', 'approve'],
  ['request rehearse --subject u1', '--right is missing', '--right R'],
  ['request rehearse --right acess --subject u1', '"acess"', '"access"'],
  ['request rehearse --right access', '--subject is missing', '--subject KEY'],
  ['request open --test --right access --by a@b.test', '--subject is missing', '--subject KEY'],
  ['request open --test --right access --subject u1 --text Hi', '--text', 'leave it or --test away'],
  ['request decide R-1', '--by is missing', '--by EMAIL'],
  ['request withdraw', 'argument is missing', 'kept request withdraw ID'],
  ['request look', 'argument is missing', 'kept request look ID'],
  ['request package', 'argument is missing', 'kept request package ID'],
  ['request refuse R-1 --by a@b.test', '--reason is missing', '--reason TEXT'],
  ['vocabulary more', '"more"', 'kept vocabulary'],
  ['lint', 'argument is missing', 'kept lint DIR'],
  ['lint no-such-pack', 'no-such-pack', 'policy.yaml'],
  ['lint /no-such-folder', 'There is no /no-such-folder/policy.yaml', 'policy.yaml'],
  ['lint sdance-ai --strict', '--strict', '--json'],
  ['decide sdance-ai --category generation.output', '--purpose is missing', '--purpose U'],
  ['decide sdance-ai --purpose training', '--category is missing', '--category C'],
  ['decide sdance-ai --purpose --category x', '--purpose needs a value', '--purpose=VALUE'],
  ['decide sdance-ai --purpose trainin --category generation.output', '"trainin"', '"training"'],
  ['decide sdance-ai --purpose training --category generation.outputs', '"generation.outputs"', 'generation.output'],
  [`${DECIDE} --purpos x`, '--purpos', '--purpose'],
  [`${DECIDE} --purpose service`, '--purpose is given twice', 'once'],
  [`${DECIDE} --json=yes`, '--json takes no value', 'leave the value out'],
  [`${DECIDE} --age many`, '--age', '--age 16'],
  [`${DECIDE} --age=-1`, '--age', '--age 16'],
  [`${DECIDE} --country Germany`, '--country', 'DE'],
  [`${DECIDE} --country QQ`, '--country', 'DE'],
  [`${DECIDE} --consent training`, '--consent', 'FLAG=given@'],
  [`${DECIDE} --consent training=given@soon`, '--consent', '2026-03-31'],
  [`${DECIDE} --consent training=given@2026-02-30`, '"2026-02-30" is not a time', '2026-03-31'],
  [`${DECIDE} --consent trainig=given@2026-01-01`, '"trainig"', '"training"'],
  [`${DECIDE} --objection marketting`, '--objection', '"marketing"'],
  [`${DECIDE} --viewer everybody`, '--viewer', 'public'],
  [`${DECIDE} --viewer staff:curiosity`, '--viewer', 'use one of'],
  [`${DECIDE} --now tomorrow`, '--now', '2026-03-31'],
  ['deadline --received 2026-03-03', '--regime is missing', '--regime R'],
  ['deadline --regime eu-gdpr', '--received is missing', '--received T'],
  ['deadline --regime uk-gpdr --received 2026-03-03', '"uk-gpdr"', '"uk-gdpr"'],
  ['deadline --regime ../eu-gdpr --received 2026-03-03', '"../eu-gdpr"', '"eu-gdpr"'],
  ['deadline --regime eu-gdpr --received 2026-03-03 --fee-paid soon', 'fee paid', 'YYYY-MM-DD'],
  ['deadline --regime eu-gdpr --received 2026-02-30', '--received', '2026-03-31'],
  [`${DEADLINE} --zone Mars/Base`, 'zone', 'Europe/Berlin'],
  [`${DEADLINE} --zone +02:00`, 'zone', 'Europe/Berlin'],
  [`${DEADLINE} --calendar DEU`, '"DEU"', '"DE"'],
  [`${DEADLINE} --calendar ../../DE`, 'calendar', 'DE'],
  [`${DEADLINE} --right acces`, '"acces"', '"access"'],
  [`${DEADLINE} --kind answer`, '"answer"', 'respond'],
  [`${DEADLINE} --pack nobody`, 'nobody', 'policy.yaml'],
  [`${DEADLINE} --pause lunch:2026-03-04..2026-03-05`, '--pause', 'scope:'],
  [`${DEADLINE} --pause scope:2026-03-09..2026-03-05`, 'pause scope', 'order'],
  [`${DEADLINE} --identity-received 5.3.2026`, 'identity received', 'YYYY-MM-DD'],
  [`${DEADLINE} --extended-on 2026-05-05`, 'extended on', 'late'],
  ['classify', 'argument is missing', 'kept classify FILE'],
  ['classify no-such.eml', 'no-such.eml', 'check the name'],
  ['classify .', 'is a folder', '*.eml'],
  ['classify -', 'standard input', 'pipe'],
  ['classify - -', 'twice', 'once'],
  ['clauses --pack sdance', '--pack', 'sdance-ai'],
  ['clauses --report no-such.json', '--report', 'npm test'],
  ['verify no-such.json', 'no-such.json', 'check the name'],
  ['verify note.txt', 'signing.public.json', '--keys'],
  ['verify note.txt --keys note.txt', 'note.txt', 'signing.public.json'],
  ['sweep', 'MONGODB_URI', 'MONGODB_URI='],
  ['request list --status closd', '"closd"', '"closed"'],
  ['request list --limit 0', '--limit', '--limit 16'],
  ['request approve x --by a@b.c', '--hash is missing', '--hash HASH'],
  ['request refuse x --article 12 --by a@b.c', '--reason is missing', '--reason TEXT'],
  ['request open --right forget --address a@b.c --by a@b.c', '"forget"', 'erasure'],
  ['request open --right erasure --address nobody --by a@b.c', '--address', 'name@example.com'],
  ['mail ingest no-such.eml', 'no-such.eml', 'check the name'],
  ['staff add --email a@b.c --name A --role boss', '"boss"', 'lead'],
  ['staff add --email a@b.c --name A --role lead', 'KEPT_PASSWORD', 'pipe'],
  ['serve --port http', '--port', 'whole number'],
  ['serve', 'MONGODB_URI', 'MONGODB_URI='],
  ['demo --pack nobody', '"nobody"', 'sdance-ai'],
];

describe('a wrong question', () => {
  test.each(WRONG)('kept %s: ends with 2 and one line that names it and the remedy', async (line, place, remedy) => {
    const { code, out, err } = await ask(words(line), { cwd: folder });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^kept[^\n]*: [^\n]+[.?!] Where: [^\n]+\. Remedy: [^\n]+[.?!]\n$/);
    expect(err).toContain(place);
    expect(err).toContain(remedy);
  });

  test.each([
    ['KEPT_MODE', { KEPT_MODE: 'enforced' }, '"enforce"'],
    ['KEPT_FILES', { KEPT_FILES: 'media' }, 'media=/path'],
    ['KEPT_FILES', { KEPT_FILES: 'medai=/tmp' }, '"media"'],
    ['KEPT_PUBLIC_URL', { KEPT_PUBLIC_URL: 'here' }, 'https://'],
    ['KEPT_CONSOLE_URL', { KEPT_CONSOLE_URL: 'here' }, 'https://'],
    ['KEPT_NOW', { KEPT_NOW: 'soon' }, '2026-03-31'],
    ['MONGODB_URI', { MONGODB_URI: 'nowhere' }, 'check the address'],
  ])('of the environment is named: %s', async (name, env, remedy) => {
    const { code, out, err } = await ask(['sweep'], { env: { MONGODB_URI: 'mongodb://127.0.0.1:1', ...env } });
    expect([code, out, err.split('\n').length]).toEqual([2, '', 2]);
    expect(err).toContain(`Where: ${name}`);
    expect(err).toContain(remedy);
  });

  test('about a database does not repeat its address, which may hold a password', async () => {
    const { err } = await ask(['sweep'], { env: { MONGODB_URI: 'mongodb://user:geheim@' } });
    expect(err).toContain('Where: MONGODB_URI');
    expect(err).not.toContain('geheim');
  });

  test('a broken policy is a wrong question to everybody but lint', async () => {
    const pack = join(folder, 'broken');
    await mkdir(pack, { recursive: true });
    await writeFile(join(pack, 'policy.yaml'), 'pack: broken\npurposes: [\n');
    await writeFile(join(pack, 'inventory.yaml'), 'collections: {}\nfiles: {}\n');
    const { code, out, err } = await ask(words('decide ./broken --purpose training --category usage'), { cwd: folder });
    expect([code, out, err.split('\n').length]).toEqual([2, '', 2]);
    expect(err).toMatch(/Where: broken\/policy\.yaml:\d+:\d+/);
  });
});

describe('help', () => {
  test('names every command', async () => {
    const { code, out } = await ask(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'clauses',
      'lint',
      'decide',
      'deadline',
      'classify',
      'request approve',
      'mail ingest',
      'verify',
      'serve',
      'demo',
    ]) {
      expect(out).toContain(`\n  ${name} `);
    }
  });

  test.each([
    'decide --help',
    'help decide',
    'decide sdance-ai --help',
    'request approve -h',
    'mail ingest --help',
    'serve --help',
    'demo --help',
  ])('kept %s tells how it is asked', async (line) => {
    const { code, out, err } = await ask(words(line));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Usage: kept ');
  });

  test('of half a command names its other halves', async () => {
    expect((await ask(['request', '--help'])).out).toContain('kept request refuse');
  });
});
