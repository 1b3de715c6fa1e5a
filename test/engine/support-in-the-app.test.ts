import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';

let the: Scene;
let kept: Kept;
let mara: Person;
let agent: string;
const question = { subjectLine: 'My plan', text: 'Why was I charged twice?' };

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  mara = await aPerson(the, 'mara@example.org', { videos: 1, logs: 0, payments: 0 });
  ({ agent } = await twoStaff(kept));
});
afterAll(() => the.close());
const soon = (): Date => the.clock.forward({ minutes: 20 });

describe('what somebody writes to support signed in', () => {
  test('is a ticket with the promised date, and no mail came or went for it', async () => {
    const opened = await kept.support.open(mara.key, question);
    expect(opened).toMatchObject({
      state: 'waits-for-us',
      answerBy: '2026-04-02',
      messages: [{ by: 'you', text: question.text }],
    });
    const [ticket] = (await kept.tickets.queue({ search: opened.number })).items;
    expect(ticket).toMatchObject({ kind: 'inquiry', channel: 'app', subject: mara.key, requests: [] });
    await kept.workOff();
    expect(the.mailer.sent).toEqual([]);
  });

  test('is said once, however often it is sent', async () => {
    const [first, again] = [await kept.support.open(mara.key, question), await kept.support.open(mara.key, question)];
    expect([again.id, again.messages.length]).toEqual([first.id, 1]);
    const twice = [
      await kept.support.write(mara.key, first.id, 'Still.'),
      await kept.support.write(mara.key, first.id, 'Still.'),
    ];
    expect(twice.map(({ messages }) => messages.length)).toEqual([2, 2]);
  });

  test('is answered in the app, and opened again by a further word with a date of its own', async () => {
    const { id } = await kept.support.open(mara.key, { ...question, text: 'And the invoice?' });
    await kept.tickets.note(id, agent, 'Looks like a rounding error.');
    await kept.tickets.reply(id, agent, 'It is on its way.');
    const answered = await kept.support.get(mara.key, id);
    expect(answered.state).toBe('waits-for-you');
    expect(answered.messages.map(({ by }) => by)).toEqual(['you', 'us']);
    expect(answered.messages[1]?.text).toContain('It is on its way.');
    await kept.tickets.close(id, agent);
    the.clock.forward({ days: 3 });
    expect(await kept.support.write(mara.key, id, 'It never came.')).toMatchObject({
      state: 'waits-for-us',
      answerBy: '2026-04-05',
    });
  });

  test('is answered without a letter where no address is known', async () => {
    soon();
    const before = (await kept.outbox.list()).length;
    const { id } = await kept.support.open('device-7', question);
    await kept.tickets.reply(id, agent, 'We look into it.');
    await kept.tickets.reply(id, agent, 'We look into it.');
    expect((await kept.support.get('device-7', id)).messages).toEqual([
      { at: the.clock.now(), by: 'you', text: question.text },
      { at: the.clock.now(), by: 'us', text: 'We look into it.' },
    ]);
    expect((await kept.outbox.list()).length).toBe(before);
  });

  test('tells staff and the person which right it seems to ask for, and opens none', async () => {
    soon();
    const opened = await kept.support.open(mara.key, { subjectLine: 'Hello', text: 'Please delete my account.' });
    expect(opened.rights).toEqual(['erasure']);
    expect(await kept.tickets.get(opened.id)).toMatchObject({
      requests: [],
      recognition: { rights: [{ right: 'erasure' }] },
    });
  });

  test('is nobody else’s to read or to go on with', async () => {
    const { id } = await kept.support.open(mara.key, question);
    for (const theirs of [
      kept.support.get('other', id),
      kept.support.write('other', id, 'Hi'),
      kept.support.get(mara.key, 'nothing'),
    ]) {
      await expect(theirs).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    }
    expect(await kept.support.of('other')).toEqual([]);
  });

  test.each([
    [{}],
    [{ subjectLine: 'x' }],
    [{ subjectLine: { $ne: 1 }, text: 'x' }],
    [{ subjectLine: 'x', text: ['x'] }],
    [{ subjectLine: 'x', text: 'x'.repeat(10_001) }],
    [{ subjectLine: 'x'.repeat(201), text: 'x' }],
    [undefined],
  ])('is refused as %j, and nothing is opened', async (message) => {
    const before = (await kept.support.of(mara.key)).length;
    await expect(kept.support.open(mara.key, message as never)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(kept.support.open({ $ne: 1 } as never, question)).rejects.toMatchObject({ code: 'SUBJECT_INVALID' });
    expect((await kept.support.of(mara.key)).length).toBe(before);
  });

  test('is slowed where it never ends', async () => {
    soon();
    const many = Array.from({ length: 21 }, (_, index) => index);
    const write = async (): Promise<void> => {
      for (const index of many) await kept.support.open('flood', { subjectLine: 'Hello', text: `Number ${index}` });
    };
    await expect(write()).rejects.toMatchObject({ code: 'SUPPORT_REFUSED' });
    expect(await kept.support.of('flood')).toHaveLength(20);
    soon();
    await kept.support.open('flood', { subjectLine: 'Hello', text: 'Later' });
  });
});
