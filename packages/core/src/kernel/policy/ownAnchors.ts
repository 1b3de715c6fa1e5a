/** Personal data that Kept itself keeps: category to the anchors that its records have. Rules may count from these. */
export const ownAnchors: Readonly<Record<string, readonly string[]>> = {
  'support.conversation': ['conversationClosed'],
  'rights.record': ['caseClosed'],
  'choice.consent': ['choiceEnded'],
  'choice.objection': ['choiceEnded'],
  'generation.training-use': ['trained'],
  'rights.disclosure': ['viewed', 'caseClosed'],
};
