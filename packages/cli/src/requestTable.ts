import type { Entry } from './commandTable.ts';

/** What staff do with requests, as in the console. */
export const requestTable: readonly Entry[] = [
  {
    name: 'request list',
    summary: 'Rights requests, the most urgent first',
    load: async () => (await import('./commands/requestReading.ts')).requestList,
  },
  {
    name: 'request show',
    summary: 'One rights request with its clock and preview',
    load: async () => (await import('./commands/requestReading.ts')).requestShow,
  },
  {
    name: 'request open',
    summary: 'Opens a rights request that reached staff outside mail and app',
    load: async () => (await import('./commands/requestOpen.ts')).requestOpen,
  },
  {
    name: 'request preview',
    summary: 'Counts what an erasure would do now',
    load: async () => (await import('./commands/requestDeciding.ts')).requestPreview,
  },
  {
    name: 'request propose',
    summary: 'Proposes exactly one preview to a second person',
    load: async () => (await import('./commands/requestDeciding.ts')).requestPropose,
  },
  {
    name: 'request approve',
    summary: 'Approves exactly the preview that was proposed',
    load: async () => (await import('./commands/requestDeciding.ts')).requestApprove,
  },
  {
    name: 'request run',
    summary: 'Takes a request as far as it goes without a person',
    load: async () => (await import('./commands/requestDeciding.ts')).requestRun,
  },
  {
    name: 'request extend',
    summary: 'Extends the period as far as the law gives, and tells the person why',
    load: async () => (await import('./commands/requestDeciding.ts')).requestExtend,
  },
  {
    name: 'request refuse',
    summary: 'Refuses a request on a ground or article, with its reason',
    load: async () => (await import('./commands/requestDeciding.ts')).requestRefuse,
  },
  {
    name: 'request decide',
    summary: 'Decides on a correction, an objection, a complaint, an appeal or what shows somebody',
    load: async () => (await import('./commands/requestWeighing.ts')).requestDecide,
  },
  {
    name: 'request release',
    summary: 'Lets an erasure go without the copy that its person asked for first',
    load: async () => (await import('./commands/requestDeciding.ts')).requestRelease,
  },
  {
    name: 'request withdraw',
    summary: 'Takes a request back on the word of its person',
    load: async () => (await import('./commands/requestDeciding.ts')).requestWithdraw,
  },
  {
    name: 'request look',
    summary: 'Looks again where an erasure had left something, and completes it where nothing is left',
    load: async () => (await import('./commands/requestDeciding.ts')).requestLook,
  },
  {
    name: 'request lift',
    summary: 'Lifts a restriction of processing, once the person was told',
    load: async () => (await import('./commands/requestWeighing.ts')).requestLift,
  },
  {
    name: 'request challenge',
    summary: 'Sends a new one-time link to the registered address',
    load: async () => (await import('./commands/requestAsking.ts')).requestChallenge,
  },
  {
    name: 'request locate',
    summary: 'Says whose account a request is about, or where its person lives',
    load: async () => (await import('./commands/requestAsking.ts')).requestLocate,
  },
  {
    name: 'request mandate',
    summary: 'Says that a document shows that somebody may act for the person',
    load: async () => (await import('./commands/requestAsking.ts')).requestMandate,
  },
  {
    name: 'request shown',
    summary: 'Names a record that shows somebody who reported it',
    load: async () => (await import('./commands/requestAsking.ts')).requestShown,
  },
  {
    name: 'request answer',
    summary: 'Answers by hand what the policy leaves to staff',
    load: async () => (await import('./commands/requestAsking.ts')).requestAnswer,
  },
  {
    name: 'request ground',
    summary: 'Says on which ground a restriction stands',
    load: async () => (await import('./commands/requestAsking.ts')).requestGround,
  },
  {
    name: 'request recipients',
    summary: 'Who is told of what became of data that they got, and how far that is',
    load: async () => (await import('./commands/requestTelling.ts')).requestRecipients,
  },
  {
    name: 'request told',
    summary: 'Says that a recipient was told, tells it again, or why it cannot be told',
    load: async () => (await import('./commands/requestTelling.ts')).requestTold,
  },
  {
    name: 'request receipt',
    summary: 'The signed receipt of how a request ended',
    load: async () => (await import('./commands/requestTelling.ts')).requestReceipt,
  },
  {
    name: 'request package',
    summary: 'How far a package is, and whether it was fetched',
    load: async () => (await import('./commands/requestRehearsing.ts')).requestPackage,
  },
  {
    name: 'request rehearse',
    summary: 'What a request would do if it came now, writing and sending nothing',
    load: async () => (await import('./commands/requestRehearsing.ts')).requestRehearse,
  },
];
