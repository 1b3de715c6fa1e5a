import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { decideCookie } from '../../../packages/core/src/kernel/decide/decideCookie.ts';
import type { Facts, Hold, Question } from '../../../packages/core/src/kernel/decision.ts';
import { planErasure } from '../../../packages/core/src/kernel/erasure/planErasure.ts';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { definedWords } from '../../../packages/core/src/kernel/policy/vocabulary.ts';
import { ask as askPack, clauses, NOW } from '../decide/ask.ts';

const policy = await loadPack('stripe-paypal-studio');
const words = definedWords(policy.vocabulary);

const outcome = (question: Question, facts: Partial<Facts> = {}, pack: Policy = policy): string =>
  askPack(question, facts, pack).outcome;
const codes = (pack: Policy): [string, string, string][] =>
  lint(pack, { now: NOW }).findings.map(({ code, severity, where }) => [code, severity, where]);
const day = (iso: string): Date => new Date(`${iso}T00:00:00Z`);

describe('who is paid', () => {
  test('stripe-paypal-studio.recipient.payments: Stripe and PayPal are named with their own policies, and see payments only', () => {
    const processors = policy.recipients.filter(({ kind }) => kind === 'payment-processor');
    expect(processors.map(({ label, terms }) => [label, new URL(terms ?? '').hostname])).toEqual([
      ['Stripe', 'stripe.com'],
      ['PayPal', 'www.paypal.com'],
    ]);
    for (const { name: recipient } of processors) {
      const seen = words.categories.filter(
        (category) => outcome({ purpose: 'service.payment', category, recipient }) === 'permitted',
      );
      expect(seen.sort()).toEqual(['payment.contact', 'payment.plan', 'payment.reference']);
      const other = { purpose: 'improvement', category: 'payment.reference', recipient };
      expect(clauses(askPack(other, {}, policy))).toContain('stripe-paypal-studio.recipient.payments');
    }
  });
});

describe('what is never done', () => {
  test('stripe-paypal-studio.never.sale-or-marketing: every sale and all marketing of others is denied, for every category', () => {
    for (const purpose of ['sale', 'marketing.third-party']) {
      const permitted = words.categories.filter((category) => outcome({ purpose, category }) !== 'forbidden');
      expect(permitted).toEqual([]);
      for (const category of words.categories) {
        expect(clauses(askPack({ purpose, category }, {}, policy))).toContain(
          'stripe-paypal-studio.never.sale-or-marketing',
        );
      }
    }
  });

  test('stripe-paypal-studio.never.sale-or-marketing: a pack that provides for a sale, a buyer or an advertiser fails its lint, and is denied', () => {
    expect(codes(policy).filter(([, severity]) => severity === 'error')).toEqual([]);
    const [storage] = policy.recipients.filter(({ name }) => name === 'storage');
    const [payment] = policy.purposes.filter(({ name }) => name === 'service.payment');
    if (!storage || !payment) throw new Error('the pack has changed');
    for (const kind of ['buyer', 'advertiser']) {
      const selling = { ...policy, recipients: [...policy.recipients, { ...storage, name: 'them', kind }] };
      expect(codes(selling)).toContainEqual([expect.any(String), 'error', 'recipients.them']);
      const question = { purpose: 'service.delivery', category: 'generation.output', recipient: 'them' };
      expect(outcome(question, {}, selling)).toBe('forbidden');
    }
    for (const name of ['sale', 'marketing.third-party']) {
      const selling = { ...policy, purposes: [...policy.purposes, { ...payment, name }] };
      expect(codes(selling)).toContainEqual([expect.any(String), 'error', `purposes.${name}`]);
      expect(outcome({ purpose: name, category: 'payment.contact' }, {}, selling)).toBe('forbidden');
    }
  });

  test('nothing that the notice does not name is used, training least of all', () => {
    for (const purpose of ['training', 'training.provider', 'analytics.usage', 'marketing', 'business-transfer']) {
      expect(outcome({ purpose, category: 'generation.output' })).toBe('forbidden');
    }
  });
});

describe('rights that the notice states in part', () => {
  test('stripe-paypal-studio.right.access: is whole under the statute: answering reaches every category, and the lint says what the text leaves out', () => {
    const narrower = lint(policy, { now: NOW }).findings.filter(({ code }) => code === 'NOTICE_NARROWER_THAN_STATUTE');
    expect(narrower.find(({ where }) => where === 'rights.access')).toMatchObject({
      clause: 'stripe-paypal-studio.right.access',
      message: 'the notice states the right of access for account alone, the statute for all personal data',
    });
    const kept = policy.categories.filter(({ held }) => held === 'host' || held === 'kept');
    const closed = kept.filter(
      ({ name: category }) => outcome({ purpose: 'legal.rights', category }, { restricted: true }) !== 'permitted',
    );
    expect(closed.map(({ name }) => name)).toEqual([]);
  });
});

describe('the log', () => {
  test('stripe-paypal-studio.retention.logs: every category of it has a period; without one the lint fails', () => {
    expect(codes(policy).filter(([code]) => code === 'CATEGORY_WITHOUT_PERIOD')).toEqual([]);
    const retention = policy.retention.filter(({ id }) => id !== 'logs');
    expect(retention.length).toBe(policy.retention.length - 1);
    const endless = codes({ ...policy, retention }).filter(([code]) => code === 'CATEGORY_WITHOUT_PERIOD');
    expect(endless.map(([, severity, where]) => [severity, where])).toEqual(
      ['device', 'error', 'network', 'performance', 'request', 'session'].map((name) => [
        'error',
        `categories.log.${name}`,
      ]),
    );
  });

  test('serves debugging, abuse prevention and reliability, the law, and no other purpose', () => {
    const permitted = words.purposes.filter((purpose) => outcome({ purpose, category: 'log.request' }) === 'permitted');
    expect(permitted.sort()).toEqual([
      'improvement',
      'improvement.debugging',
      'legal.obligation',
      'legal.rights',
      'safety.abuse',
      'safety.monitoring',
      'safety.rate-limit',
      'service.troubleshooting',
    ]);
  });
});

describe('cookies and local storage', () => {
  const never = [{ flag: 'all', what: 'withdrawn' as const, at: day('2026-03-01') }];

  test('stripe-paypal-studio.cookie.essential: what keeps a person signed in is never held back', () => {
    for (const history of [[], never]) {
      expect(decideCookie(policy, 'essential', history, NOW)).toMatchObject({
        outcome: 'permitted',
        because: [{ clause: 'stripe-paypal-studio.cookie.essential' }],
      });
    }
    const using: Question = { purpose: 'service.account', category: 'log.cookie.session' };
    for (const facts of [{}, { consents: never }, { objections: [{ purpose: 'service', at: day('2026-03-01') }] }]) {
      expect(outcome(using, facts)).toBe('permitted');
    }
  });

  test('stripe-paypal-studio.cookie.preferences: local storage is listed beside cookies, and waits for a yes where they do', () => {
    const kind = policy.cookies.find((one) => one.kind === 'preferences');
    expect(kind?.technologies).toEqual(['cookie', 'local-storage']);
    expect(decideCookie(policy, 'preferences', [], NOW).outcome).toBe('permitted');

    const cookies = policy.cookies.map((one) =>
      one === kind ? { ...one, needsConsent: true, consent: 'preferences' } : one,
    );
    const asking = { ...policy, cookies };
    expect(decideCookie(asking, 'preferences', [], NOW).outcome).toBe('forbidden');
    const given = [{ flag: 'preferences', what: 'given' as const, at: day('2026-03-01') }];
    expect(decideCookie(asking, 'preferences', given, NOW).outcome).toBe('permitted');
    for (const category of ['account.preference', 'account.language', 'log.cookie.preference']) {
      expect(outcome({ purpose: 'service.preferences', category })).toBe('permitted');
      expect(outcome({ purpose: 'improvement', category })).toBe('forbidden');
    }
  });

  test('stripe-paypal-studio.cookie.protection: what guards against abuse is needed, and serves nothing else but the law', () => {
    for (const history of [[], never]) {
      expect(decideCookie(policy, 'protection', history, NOW).outcome).toBe('permitted');
    }
    const permitted = words.purposes.filter(
      (purpose) => outcome({ purpose, category: 'log.cookie.protection' }) === 'permitted',
    );
    expect(permitted.sort()).toEqual(['legal.obligation', 'legal.rights', 'safety.abuse']);
  });
});

describe('who sees content', () => {
  const seeing = { purpose: 'service.delivery', category: 'generation.output' };

  test('stripe-paypal-studio.visibility.private-default: nobody but the owner, in no list, until the owner changes that', () => {
    for (const category of words.categories.filter((word) => word.startsWith('generation.'))) {
      expect(outcome({ ...seeing, category, viewer: 'owner' })).toBe('permitted');
      expect(clauses(askPack({ ...seeing, category, viewer: 'public' }, {}, policy))).toContain(
        'stripe-paypal-studio.visibility.private-default',
      );
      for (const viewer of ['public', 'link'] as const) {
        expect(outcome({ ...seeing, category, viewer })).toBe('forbidden');
        expect(outcome({ ...seeing, category, viewer }, { visibility: 'private' })).toBe('forbidden');
      }
    }
    expect(outcome({ ...seeing, viewer: 'public' }, { visibility: 'public' })).toBe('permitted');
    expect(outcome({ ...seeing, viewer: 'link' }, { visibility: 'link' })).toBe('permitted');
    expect(outcome({ ...seeing, viewer: 'public' }, { visibility: 'link' })).toBe('forbidden');
  });

  test('staff for one of four purposes, whatever its owner chose; each view is recorded, with a reason', () => {
    const looking = (purpose: string): Question => ({
      purpose,
      category: 'generation.output',
      viewer: `staff:${purpose}`,
    });
    const permitted = words.purposes.filter((purpose) => outcome(looking(purpose)) === 'permitted');
    expect(permitted.sort()).toEqual([
      'legal.obligation',
      'legal.rights',
      'safety.abuse',
      'safety.monitoring',
      'service.troubleshooting',
    ]);
    expect(askPack(looking('safety.abuse'), {}, policy).terms).toEqual(['a reason is given, and the view is recorded']);
    expect(outcome(looking('improvement'), { visibility: 'public' })).toBe('forbidden');
  });
});

describe('an erasure', () => {
  const hold: Hold = { kind: 'legal', subject: 'mara', ground: 'a claim', from: day('2026-01-01') };
  const found = ['payments', 'generations', 'users'].map((collection) => ({
    collection,
    count: 1,
    files: 0,
    newest: day('2026-02-01'),
  }));

  test('leaves payments without the person and without their billing address', () => {
    const lines = planErasure(policy, found, [], NOW, 'mara');
    expect(lines.map(({ collection, action, ground }) => [collection, action, ground?.article])).toEqual([
      ['generations', 'erase', undefined],
      ['payments', 'detach', 'Art 17(3)(b) GDPR'],
      ['users', 'erase', undefined],
    ]);
    expect(lines.find(({ collection }) => collection === 'payments')?.categories).toEqual(['payment.reference']);
    expect(lines.find(({ collection }) => collection === 'payments')?.until).toEqual(new Date('2034-12-31T23:00:00Z'));
  });

  test('of what a hold keeps takes out nothing at all', () => {
    const [payments] = planErasure(policy, found.slice(0, 1), [hold], NOW, 'mara');
    expect(payments).toMatchObject({ action: 'keep', categories: ['payment.contact', 'payment.reference'] });
  });
});
