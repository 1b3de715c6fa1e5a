import { MANDATE_KINDS, RESTRICTION_GROUNDS } from '@kept/core';
import type { Command, Option } from '../command.ts';
import { oneOf } from '../readings.ts';
import { requestStep } from '../requestStep.ts';
import { WrongQuestion } from '../wrongQuestion.ts';
import { restrictionOf } from './requestWeighing.ts';

const key: Option = { type: 'string', value: 'KEY', help: 'key of the account' };

export const requestChallenge: Command = requestStep({
  name: 'challenge',
  usage: '--by EMAIL',
  about: ['The old link stops working.'],
  needs: [],
  take: (kept, { _id }, by) => kept.requests.challengeAgain(_id, by._id),
});

export const requestLocate: Command = requestStep({
  name: 'locate',
  usage: '[--subject KEY] [--residence CODE] --by EMAIL',
  about: ['A one-time link goes to the address registered with the account; of a reported child two people decide.'],
  options: {
    subject: { ...key, help: 'key of the account it is about, where nobody was found' },
    residence: { type: 'string', value: 'CODE', help: 'where the person lives, such as DE or US-CA, as they said' },
  },
  needs: [],
  async take(kept, request, by, args) {
    const [subject, residence] = [args.text('subject'), args.text('residence')];
    if (subject === undefined && residence === undefined)
      throw new WrongQuestion('Nothing is said of the person', 'options', 'add --subject KEY or --residence CODE');
    const located = residence === undefined ? request : await kept.requests.livesIn(request._id, by._id, residence);
    if (subject === undefined) return located;
    const { concerns } = request.report === 'child' ? kept.children : kept.requests;
    return concerns(request._id, by._id, subject);
  },
});

export const requestMandate: Command = requestStep({
  name: 'mandate',
  usage: '--kind KIND [--until DATE] [--copy] --by EMAIL',
  about: ['Of a document that was seen. The mails that carried documents are unreadable from then on.'],
  options: {
    kind: { type: 'string', value: 'KIND', help: `one of ${MANDATE_KINDS.join(', ')}` },
    until: { type: 'string', value: 'DATE', help: 'its last day, where it has one' },
    copy: { type: 'boolean', help: 'it says that the agent is to have a copy of the answer' },
  },
  needs: ['kind'],
  async take(kept, { _id }, by, args) {
    const kind = await oneOf(args.need('kind'), MANDATE_KINDS, 'kind of mandate', '--kind');
    const until = args.text('until');
    return kept.requests.mandateSeen(_id, by._id, { kind, copy: args.flag('copy'), ...(until && { until }) });
  },
});

export const requestShown: Command = requestStep({
  name: 'shown',
  usage: '--collection NAME --record KEY --by EMAIL',
  about: ['Of a report by somebody pictured: nobody but its owner and staff see the record from then on.'],
  options: {
    collection: { type: 'string', value: 'NAME', help: 'as the inventory calls it' },
    record: { ...key, help: 'key of the record' },
  },
  needs: ['collection', 'record'],
  take: (kept, { _id }, by, args) =>
    kept.reports.shows(_id, by._id, { collection: args.need('collection'), record: args.need('record') }),
});

export const requestAnswer: Command = requestStep({
  name: 'answer',
  usage: '--text T --by EMAIL',
  about: ['Only where the policy leaves a right to staff: everything else is answered by what is carried out.'],
  options: { text: { type: 'string', value: 'T', help: 'what was done; the person gets it by mail' } },
  needs: ['text'],
  take: (kept, { _id }, by, args) => kept.requests.answer(_id, by._id, args.need('text')),
});

export const requestGround: Command = requestStep({
  name: 'ground',
  usage: '--ground G [--of G] --by EMAIL',
  about: ['ID is any request of the person whose data is restricted.'],
  options: {
    ground: { type: 'string', value: 'G', help: `one of ${RESTRICTION_GROUNDS.join(', ')}` },
    of: { type: 'string', value: 'G', help: 'the ground on which it stands so far, where several do' },
  },
  needs: ['ground'],
  async take(kept, request, by, args) {
    const ground = await oneOf(args.need('ground'), RESTRICTION_GROUNDS, 'ground', '--ground');
    await kept.restrictions.name(await restrictionOf(kept, request, args.text('of'), '--of'), ground, by._id);
    return request;
  },
});
