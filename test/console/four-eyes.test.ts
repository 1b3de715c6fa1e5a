import { describe, expect, test } from '@jest/globals';
import { HASH } from './scene.ts';
import { openConsole } from './visitor.ts';

const approve = (id: string) => `/requests/${id}/approve`;
const sure = { hash: HASH, sure: 'yes' };

describe('an erasure needs a second person', () => {
  test('who proposed a preview is shown no button to approve it, and told why', async () => {
    const page = await (await openConsole().signedIn('ada@example.test')).get('/requests/r-by-ada');
    expect(page.text).not.toContain('/requests/r-by-ada/approve');
    expect(page.text).toContain('A second person looks at it and approves.');
  });

  test('who proposed a preview cannot approve it by sending the form anyway', async () => {
    const { signedIn, calls } = openConsole();
    const visitor = await signedIn('ada@example.test');
    const answer = await visitor.send(approve('r-by-ada'), sure);

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('You proposed this preview.');
    expect(calls).toEqual([]);
  });

  test('another privacy lead approves exactly the preview that was on the page', async () => {
    const { signedIn, calls } = openConsole();
    const visitor = await signedIn('cleo@example.test');
    const page = await visitor.get('/requests/r-by-ada');
    expect(page.text).toContain(`name="hash" value="${HASH}"`);
    const answer = await visitor.send(approve('r-by-ada'), sure);

    expect(answer.status).toBe(303);
    expect(calls).toEqual([['requests.approve', 'r-by-ada', 'staff-cleo', HASH]]);
    expect((await visitor.get('/requests/r-by-ada')).text).toContain('Approved. The erasure starts with the next run.');
  });

  test('the summary says exactly what goes and what stays', async () => {
    const page = await (await openConsole().signedIn('cleo@example.test')).get('/requests/r-proposed');
    expect(page.text).toContain('Erased for good: 1,523 records and 2,412 files');
    expect(page.text).toContain('Erased with it: at most 14 records that others wrote about these');
    expect(page.text).toContain('Kept without the person: 7 records');
    expect(page.text).toContain('Kept as it is: 3 records and 3 files');
    expect(page.text).toMatch(/<input type="checkbox" name="sure" value="yes" required>/);
  });

  test('without the tick nothing is approved, whatever the browser let through', async () => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn('cleo@example.test')).send(approve('r-proposed'), { hash: HASH });
    expect(answer.status).toBe(422);
    expect(calls).toEqual([]);
  });

  test('a preview that changed meanwhile is not approved by the old page', async () => {
    const { signedIn } = openConsole();
    const [ben, cleo] = [await signedIn('ben@example.test'), await signedIn('cleo@example.test')];
    await ben.send('/requests/r-proposed/preview');
    await ben.send('/requests/r-proposed/propose', { hash: 'b'.repeat(64) });

    const answer = await cleo.send(approve('r-proposed'), sure);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Look at the new preview and decide on that.');
    expect((await cleo.get('/requests/r-proposed')).text).toContain('Waiting for approval');
  });

  test('counting anew takes the proposal back', async () => {
    const visitor = await openConsole().signedIn('ben@example.test');
    await visitor.send('/requests/r-proposed/preview');
    const page = await visitor.get('/requests/r-proposed');
    expect(page.text).toContain('Propose this preview');
    expect(page.text).not.toContain('Proposed by');
  });
});
