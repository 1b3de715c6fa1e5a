import { describe, expect, test } from '@jest/globals';
import { openConsole } from './visitor.ts';

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const fields = {
  recipient: 'authorities',
  purpose: 'legal.obligation',
  subject: 'u-17',
  categories: 'account.contact, payment.record',
  reference: 'AG Berlin 12 Gs 34/26',
  reason: 'A court orders it',
};

describe('disclosures under a legal reference', () => {
  test('are shown with what is asked for, under which paper, and who is needed', async () => {
    const cleo = await openConsole().signedIn('cleo@example.test');
    const text = plain((await cleo.get('/disclosures')).text);
    expect(text).toMatch(
      /Proposed Public authorities: account\.contact Of u-17 , for .* under AG Berlin 12 Gs 34\/26 A court orders it Ben Okoye proposed it/,
    );
    expect(text).toMatch(/Approved Public authorities: .* Cleo Marsh approved it/);
    expect(text).toMatch(/Made or withdrawn Made Public authorities/);
  });

  test('are proposed with all that the paper says, or not at all', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn('ben@example.test');
    for (const field of Object.keys(fields))
      expect((await ben.send('/disclosures', { ...fields, [field]: ' ' })).status).toBe(422);
    expect(calls).toEqual([]);
    expect((await ben.send('/disclosures', fields)).status).toBe(303);
    const categories = ['account.contact', 'payment.record'];
    expect(calls).toEqual([['disclosures.propose', { ...fields, categories, by: 'staff-ben' }]]);
  });

  test('are approved by a privacy lead who did not propose them, and by nobody else', async () => {
    const { signedIn, calls } = openConsole();
    const [cleo, ben] = [await signedIn('cleo@example.test'), await signedIn('ben@example.test')];
    expect((await ben.send('/disclosures/d-by-cleo/approve')).status).toBe(403);
    const own = await cleo.send('/disclosures/d-by-cleo/approve');
    expect([own.status, own.text.includes('You proposed this disclosure.')]).toEqual([403, true]);
    expect(calls).toEqual([]);

    const page = (await cleo.get('/disclosures')).text;
    expect([page.includes('d-by-ben/approve'), page.includes('d-by-cleo/approve')]).toEqual([true, false]);
    expect((await cleo.send('/disclosures/d-by-ben/approve')).status).toBe(303);
    expect(calls).toEqual([['disclosures.approve', 'd-by-ben', 'staff-cleo']]);
  });

  test('are withdrawn by anybody on the staff while they were not made', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn('ben@example.test');
    expect((await ben.send('/disclosures/d-signed/withdraw')).status).toBe(303);
    expect((await ben.send('/disclosures/d-done/withdraw')).status).toBe(404);
    expect((await ben.sendRaw('/disclosures/d-by-ben/withdraw', {})).status).toBe(403);
    expect(calls).toEqual([['disclosures.withdraw', 'd-signed', 'staff-ben']]);
  });
});
