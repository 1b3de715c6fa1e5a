import { insteadOf } from '../policy/nearestWord.ts';
import type { VisibilityRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { touches } from './policyTable.ts';
import { reach } from './purposeVoices.ts';
import { questionInvalid } from './questionInvalid.ts';
import { allow, forbid, type Inquiry, type Voice } from './voice.ts';

const rule = 'visibility.default';

/** What holds where the notice does not speak of it. */
const silent: VisibilityRule = { default: 'private', content: [], staffPurposes: [], clause: '' };

/** Who may look: the owner always, staff for a stated purpose, others as the owner chose. */
export function viewerVoices(inquiry: Inquiry): Voice[] {
  const { policy, facts, question } = inquiry;
  const { viewer, category } = question;
  const { clause, content, default: byDefault } = policy.visibility ?? silent;
  if (viewer === undefined) return [];
  if (viewer === 'owner') return [allow(rule, clause, 'it is their own')];
  if (viewer.startsWith('staff:')) return staff(inquiry, viewer.slice('staff:'.length));

  const isContent = content.some((word) => covers(word, category));
  const chosen = isContent ? (facts.visibility ?? byDefault) : 'private';
  const open = chosen === 'public' || (chosen === 'link' && viewer === 'link');
  return [open ? allow(rule, clause, `its owner made it ${chosen}`) : forbid(rule, clause, `${category} is private`)];
}

function staff(inquiry: Inquiry, purpose: string): Voice[] {
  const { policy, table, question } = inquiry;
  const { clause, content, staffPurposes } = policy.visibility ?? silent;
  if (!table.purposes.has(purpose)) {
    throw questionInvalid('staff purpose', purpose, insteadOf(purpose, staffPurposes));
  }
  if (
    content.some((word) => touches(word, question.category)) &&
    !staffPurposes.some((word) => covers(word, purpose))
  ) {
    return [forbid(rule, clause, `staff do not see content for ${purpose}`)];
  }
  const reached = reach(inquiry, purpose);
  if (reached.length === 0) return [forbid(rule, clause, `no purpose "${purpose}" is listed`)];
  return [
    ...reached,
    allow(rule, clause, `staff may see it for ${purpose}`, ['a reason is given, and the view is recorded']),
  ];
}
