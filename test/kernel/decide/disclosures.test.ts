import { describe, expect, test } from '@jest/globals';
import type { Question } from '../../../packages/core/src/kernel/decision.ts';
import { policyWith } from '../policy/editedPack.ts';
import { ask, clauses, policy, toModel } from './ask.ts';

const falAgreement = 'agreement: { reference: DPA-FAL-1, signed: 2026-01-12, expires: 2030-12-31 }';
const expiring = policyWith([falAgreement, falAgreement.replace('2030-12-31', '2026-03-02')]);

describe('recipients', () => {
  test('sdance-ai.recipient.models: permitted under an agreement, whose reference and end are among the terms', () => {
    const decision = ask(toModel);
    expect(decision.outcome).toBe('permitted');
    expect(decision.terms).toEqual(['US: standard-contractual-clauses', 'agreement DPA-FAL-1 until 2030-12-31']);
  });

  test('sdance-ai.recipient.models: without an agreement it is denied', () => {
    const decision = ask(toModel, {}, policyWith([`    ${falAgreement}\n`, '']));
    expect(decision).toMatchObject({
      outcome: 'forbidden',
      because: [{ rule: 'recipients.fal-ai', clause: 'sdance-ai.recipient.models' }],
    });
  });

  test('sdance-ai.recipient.models: an expired agreement is denied, from the first instant of the day after', () => {
    expect(ask(toModel, {}, expiring, new Date('2026-03-02T22:59:59.999Z')).outcome).toBe('permitted');
    const decision = ask(toModel, {}, expiring, new Date('2026-03-02T23:00:00.000Z'));
    expect(decision).toMatchObject({ outcome: 'forbidden', because: [{ clause: 'sdance-ai.recipient.models' }] });
  });

  test('sdance-ai.recipient.models: an agreement about to expire warns before', () => {
    expect(ask(toModel, {}, expiring).terms).toContain('renew agreement DPA-FAL-1: 0 days are left');
    expect(ask(toModel).terms.join()).not.toContain('renew');
  });

  test('sdance-ai.recipient.models: an agreement is not in force before it is signed', () => {
    expect(ask(toModel, {}, policy, new Date('2026-01-11T12:00:00Z')).outcome).toBe('forbidden');
  });

  test('sdance-ai.purpose.only-requested-output: an upload leaves for the generation that asked for it, or not at all', () => {
    const upload: Question = { ...toModel, category: 'generation.reference' };
    const { generation: _none, ...unasked } = upload;
    expect(ask(upload).outcome).toBe('permitted');
    expect(clauses(ask(unasked))).toEqual(['sdance-ai.purpose.only-requested-output']);
    expect(clauses(ask({ ...upload, purpose: 'safety.moderation' }))).toContain(
      'sdance-ai.purpose.only-requested-output',
    );
  });

  test('a third country without a recorded mechanism is denied (part of sdance-ai.transfer.safeguards)', () => {
    const without = policyWith([
      'country: US\n    safeguard: standard-contractual-clauses\n    agreement: { reference: DPA-FAL-1',
      'country: US\n    agreement: { reference: DPA-FAL-1',
    ]);
    expect(clauses(ask(toModel, {}, without))).toEqual(['sdance-ai.transfer.safeguards']);
  });

  test('a mechanism that the notice does not name is none (part of sdance-ai.transfer.safeguards)', () => {
    const other = policyWith([
      'country: US\n    safeguard: standard-contractual-clauses\n    agreement: { reference: DPA-FAL-1',
      'country: US\n    safeguard: explicit-consent\n    agreement: { reference: DPA-FAL-1',
    ]);
    expect(clauses(ask(toModel, {}, other))).toEqual(['sdance-ai.transfer.safeguards']);
  });

  test('what leaves the person’s own country counts as well (part of sdance-ai.transfer.safeguards)', () => {
    const mail: Question = {
      purpose: 'communication.notice',
      category: 'account.contact',
      recipient: 'email-provider',
    };
    const without = policyWith([
      /country: DE\n {4}safeguard: [^\n]+\n {4}agreement: \{ reference: DPA-EMAIL-1/,
      'country: DE\n    agreement: { reference: DPA-EMAIL-1',
    ]);
    expect(ask(mail, { country: 'BR' })).toMatchObject({
      outcome: 'permitted',
      terms: expect.arrayContaining(['DE: standard-contractual-clauses']),
    });
    expect(ask(mail, { country: 'FR' }, without).outcome).toBe('permitted');
    expect(clauses(ask(mail, { country: 'BR' }, without))).toEqual(['sdance-ai.transfer.safeguards']);
  });

  test('what an authority asks of the controller does not leave anybody’s country', () => {
    const order: Question = {
      purpose: 'legal.obligation',
      category: 'payment.record',
      recipient: 'authorities',
      reference: 'order 12/26',
    };
    expect(ask(order, { country: 'BR' }).outcome).toBe('permitted');
  });

  test('whoever is not listed receives nothing (part of sdance-ai.recipient.providers)', () => {
    const decision = ask({ ...toModel, recipient: 'fal' });
    expect(decision).toMatchObject({
      outcome: 'forbidden',
      because: [{ rule: 'never.unlisted-recipient', clause: 'sdance-ai.recipient.providers' }],
    });
  });

  test('a disclosure under a reference asks for a second person (part of sdance-ai.recipient.legal)', () => {
    const decision = ask({
      purpose: 'legal.obligation',
      category: 'payment.record',
      recipient: 'authorities',
      reference: 'order 12',
    });
    expect(decision.terms).toContain('a second person approves the disclosure');
  });
});
