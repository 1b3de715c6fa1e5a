import { afterAll, expect, test } from '@jest/globals';
import { scene } from '../support/scene.ts';
import { again, confirmed, leadOf, mail } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
const lead = await leadOf(kept);
const { somebody, lastTo, finish } = casework(() => the);
afterAll(() => the.close());

async function asked(): Promise<{ id: string; address: string }> {
  const { address } = await somebody({ videos: 0 });
  await mail(kept, address, 'Please delete everything you have about me.');
  return { id: (await confirmed(the, kept, address))._id, address };
}
const findings = async (about: string) =>
  (await kept.findings.open()).filter(({ place, code }) => place === about && code === 'REFUSAL_WITHOUT_GROUND');
const reason = 'The invoices have to stay.';

test('a refusal names a ground of the law by its id; the letter has its article and the day on which it ends', async () => {
  const { id, address } = await asked();
  await kept.requests.refuse(id, lead, { ground: 'legal-obligation', reason, until: '2035-01-01' });
  await finish();
  const letter = lastTo(address).replaceAll(/\s+/g, ' ');
  expect(letter).toContain('We rely on Art 17(3)(b), General Data Protection Regulation (EU) 2016/679.');
  expect(letter).toContain('That holds until 1 January 2035.');
  expect(await again(kept, id)).toMatchObject({
    status: 'refused',
    refusal: { ground: 'legal-obligation', article: expect.stringContaining('Art 17(3)(b)'), until: '2035-01-01' },
  });
  expect(await findings(id)).toEqual([]);
});

test('a ground that ends on a date needs one, and one that has not passed', async () => {
  const { id } = await asked();
  const refusing = (until?: unknown) =>
    kept.requests.refuse(id, lead, { ground: 'legal-obligation', reason, ...{ until: until as string } });
  await expect(refusing()).rejects.toMatchObject({ code: 'REFUSAL_INVALID', place: 'refusal.until' });
  await expect(refusing('2026-03-03')).rejects.toMatchObject({ code: 'REFUSAL_INVALID' });
  await expect(refusing('2035-02-30')).rejects.toMatchObject({ code: 'DATE_INVALID' });
  await expect(refusing({ $gt: '' })).rejects.toMatchObject({ code: 'DATE_INVALID' });
  expect(await again(kept, id)).not.toMatchObject({ status: 'refused' });
});

test('a ground that the law does not have against this right is refused, with those there are', async () => {
  const { id } = await asked();
  for (const ground of ['rights-of-others', 'never-disclosed', '__proto__']) {
    const refusing = kept.requests.refuse(id, lead, { ground, reason });
    await expect(refusing).rejects.toMatchObject({ code: 'GROUND_NOT_FOUND' });
  }
  const refusing = kept.requests.refuse(id, lead, { ground: { $ne: '' } as never, reason });
  await expect(refusing).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(kept.requests.refuse(id, lead, { reason })).rejects.toMatchObject({ code: 'REFUSAL_INVALID' });
});

test('an article that the law lists is enough; one that it does not list is taken, and a finding says so', async () => {
  const [listed, unlisted] = [await asked(), await asked()];
  await kept.requests.refuse(listed.id, lead, { article: 'Article 17(3)(e) GDPR', reason });
  expect(await findings(listed.id)).toEqual([]);
  await kept.requests.refuse(unlisted.id, lead, { article: 'Article 99 GDPR', reason });
  expect(await findings(unlisted.id)).toMatchObject([{ severity: 'warning' }]);
  expect(await again(kept, unlisted.id)).toMatchObject({ status: 'refused' });
});
