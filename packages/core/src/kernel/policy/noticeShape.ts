import { day, flag, oneOf, text } from './plainShape.ts';
import { fields, listOf, mapOf, maybe, need, or, type Shape } from './shape.ts';
import type { WrittenNotice } from './writtenPolicy.ts';

/** The section `notice`. */
export const noticeShape: Shape<WrittenNotice> = fields<WrittenNotice>({
  lastUpdated: maybe(day),
  dated: or(flag, false),
  clause: maybe(text),
  thirdParties: maybe(
    fields<NonNullable<WrittenNotice['thirdParties']>>({ listed: or(listOf(text), []), clause: need(text) }),
  ),
  acceptance: maybe(
    fields<NonNullable<WrittenNotice['acceptance']>>({ by: need(oneOf('use', 'act')), clause: need(text) }),
  ),
  tells: or(oneOf('each-person', 'posting'), 'each-person'),
  poweredBy: maybe(fields<NonNullable<WrittenNotice['poweredBy']>>({ operator: need(text), clause: need(text) })),
  statements: or(mapOf(fields<WrittenNotice['statements'][string]>({ text: need(text), clause: need(text) })), {}),
});
