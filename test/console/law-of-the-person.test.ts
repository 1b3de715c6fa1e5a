import { describe, expect, test } from '@jest/globals';
import { openConsole, type Visitor } from './visitor.ts';

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const page = async (visitor: Visitor, id: string): Promise<string> => (await visitor.get(`/requests/${id}`)).text;
/** A visitor, and the one open request nobody has confirmed, once it is known where its person lives. */
const located = async (residence: string): Promise<Visitor> => {
  const lead = await openConsole().signedIn('ada@example.test');
  expect((await lead.send('/requests/r-received/residence', { residence })).status).toBe(303);
  return lead;
};

describe('the law of a request', () => {
  test('is named with the reason, which is the place where the person lives', async () => {
    const lead = await openConsole().signedIn('ada@example.test');
    expect(plain(await page(lead, 'r-received'))).toMatch(
      /General Data Protection Regulation .* Nobody knows where the person lives; the policy says what holds then/,
    );
    const text = plain(await page(await located('US-CA'), 'r-received'));
    expect(text).toContain('California Consumer Privacy Act The person lives here: United States (US-CA)');
    expect(text).toContain('Lives in United States (US-CA)');
    expect(text).toContain('CCPA');
  });

  test('is noted by staff while nobody knows the place, by choosing one whose law is known', async () => {
    const { signedIn, calls } = openConsole();
    const agent = await signedIn('ben@example.test');
    expect(plain(await page(agent, 'r-received'))).toContain(
      'Say where they live As they told you Choose a place Germany South Korea United States (US-CA)',
    );
    await agent.send('/requests/r-received/residence', { residence: 'KR' });
    expect(calls).toEqual([['requests.livesIn', 'r-received', 'staff-ben', 'KR']]);
    expect(await page(agent, 'r-received')).not.toContain('Say where they live');
    expect(await page(agent, 'r-done')).not.toContain('Say where they live');
    expect((await agent.send('/requests/r-access/residence', { residence: 'California' })).status).toBe(422);
  });

  test('says which of its values nobody has read', async () => {
    const text = await page(await located('KR'), 'r-received');
    expect(plain(text)).toContain('How it was counted · 1 unverified');
    expect(text).toContain('<li class="unverified">kr-pipa.respond.extend Art 35(3) (unverified)</li>');
    expect(plain(text)).toContain('Check before relying on it.');
    const lead = await openConsole().signedIn('ada@example.test');
    expect(await page(lead, 'r-proposed')).not.toMatch(/class="unverified"|Check before relying/);
  });

  test('gives the grounds on which this right may be refused, and those of no other right or law', async () => {
    const grounds = async (visitor: Visitor): Promise<string[]> =>
      [...(await page(visitor, 'r-received')).matchAll(/name="ground"[^>]*><span><strong>([^<]+)</g)].map(
        ([, value]) => value ?? '',
      );
    const california = await grounds(await located('US-CA'));
    expect(california).toContain('Civ. Code §1798.105(d), CCPA');
    expect(california.join()).not.toMatch(/GDPR|7024\(d\)/);
    const germany = await grounds(await located('DE'));
    expect(germany).toEqual(expect.arrayContaining(['Art 12(5), GDPR', 'Art 17(3)(b), GDPR']));
    expect(germany).not.toContain('Art 15(4), GDPR');
  });

  test('what nobody may refuse is said on the page, with why', async () => {
    const { signedIn } = openConsole();
    const refusal = { ground: 'unfounded-or-excessive', reason: 'No news' };
    const answer = await (await signedIn('ada@example.test')).send('/requests/r-received/refuse', refusal);
    expect(answer.status).toBe(422);
    expect(plain(answer.text)).toContain('Nobody may refuse to end marketing. Look again.');
    expect(answer.text).toContain('role="alert"');
  });
});

describe('its clock', () => {
  test('asks for the last day of an extension only where the law leaves that to the letter', async () => {
    const korea = await located('KR');
    expect(await page(korea, 'r-received')).toContain('name="until" type="date" required');
    expect(plain(await page(korea, 'r-received'))).toContain('Once, to the day that you name');
    const california = await located('US-CA');
    expect(await page(california, 'r-received')).not.toContain('name="until"');
    expect((await korea.send('/requests/r-received/extend', { reason: 'Many works', until: 'soon' })).status).toBe(422);
    expect(
      (await korea.send('/requests/r-received/extend', { reason: 'Many works', until: '2026-12-11' })).status,
    ).toBe(303);
  });

  test('names the strictest reading of an extension where it is another one', async () => {
    const california = await located('US-CA');
    await california.send('/requests/r-received/extend', { reason: 'Many works' });
    expect(plain(await page(california, 'r-received'))).toMatch(
      /Extended to Granted once 15 Feb 2027 Strictest extension The earliest reading of it 14 Feb 2027/,
    );
    const germany = await located('DE');
    await germany.send('/requests/r-received/extend', { reason: 'Many works' });
    expect(plain(await page(germany, 'r-received'))).not.toContain('Strictest extension');
  });
});
