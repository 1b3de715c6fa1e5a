import { WAIVED_GROUNDS } from '@kept/core';
import type { Command } from '../command.ts';
import { ANSWERED } from '../command.ts';
import { withKept } from '../open.ts';
import { answer, columns } from '../output.ts';
import { oneOf } from '../readings.ts';
import { requestNamed } from '../requestNamed.ts';
import { requestStep } from '../requestStep.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

export const requestRecipients: Command = {
  name: 'request recipients',
  usage: 'ID',
  about: [
    'Who is told of an erasure, a correction or a restriction of what they got, and how far that is.',
    ...engineAbout,
  ],
  takes: [1, 1],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const { _id: request } = await requestNamed(args, kept);
      const notices = (await kept.notifications.list({ request })).map(
        ({ _id: id, recipient, what, state, by, dueAt, lastError }) => ({
          id,
          recipient,
          what,
          state,
          by,
          dueAt,
          lastError,
        }),
      );
      answer(io, args, { request, notices }, () =>
        columns(
          notices.map((each) => [each.id, each.recipient, each.what, each.state, `by ${each.dueAt.toISOString()}`]),
        ),
      );
      return ANSWERED;
    });
  },
};

export const requestTold: Command = requestStep({
  name: 'told',
  usage: '--notice N (--done NOTE | --again | --waive GROUND --reason TEXT) --by EMAIL',
  about: ['kept request recipients ID names the notices. To waive one is for a privacy lead.'],
  options: {
    notice: { type: 'string', value: 'N', help: 'the notice to one recipient' },
    done: { type: 'string', value: 'NOTE', help: 'somebody told them, or they said that it is done; how' },
    again: { type: 'boolean', help: 'begins anew, with as much time as at first' },
    waive: { type: 'string', value: 'GROUND', help: `one of ${WAIVED_GROUNDS.join(', ')} (Art 19 GDPR)` },
    reason: { type: 'string', value: 'TEXT', help: 'why it is waived' },
  },
  needs: ['notice'],
  async take(kept, request, by, args) {
    const notice = args.need('notice');
    const notices = await kept.notifications.list({ request: request._id });
    if (!notices.some(({ _id }) => _id === notice))
      throw new WrongQuestion('This request has no such notice', '--notice', 'see kept request recipients ID');
    const [done, waive] = [args.text('done'), args.text('waive')];
    if ([done !== undefined, args.flag('again'), waive !== undefined].filter(Boolean).length !== 1)
      throw new WrongQuestion('One of three is asked', 'options', 'add --done NOTE, --again, or --waive GROUND');
    if (done !== undefined) await kept.notifications.done(notice, by._id, done);
    else if (waive === undefined) await kept.notifications.retry(notice, by._id);
    else {
      const ground = await oneOf(waive, WAIVED_GROUNDS, 'ground', '--waive');
      await kept.notifications.waive(notice, by._id, ground, args.need('reason'));
    }
    return request;
  },
});

export const requestReceipt: Command = {
  name: 'request receipt',
  usage: 'ID',
  about: ['As it was signed: kept verify says whether it is genuine. The same goes to the person.', ...engineAbout],
  takes: [1, 1],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const { _id } = await requestNamed(args, kept);
      const receipt = await kept.requests.receipt(_id);
      if (!receipt)
        throw new WrongQuestion('This request has no receipt', 'ID', 'kept request show says how it stands');
      // The signature is over these very bytes.
      io.out(receipt.text);
      return ANSWERED;
    });
  },
};
