/** What was asked of the engine, in order: `['requests.approve', 'r-1', 'staff-ada', …]`. */
export type Calls = unknown[][];

const QUIET =
  /^(weigh|rehearse|copyBefore|stoppableUntil|ofRequest|history|queue|get|conversation|clock|law|receipt|counts|unreadable|list|proposals|runs|stops|modeOf|entries|open|session|signIn|signOut|now|access|assessments)$/;

/** Every change that is asked for goes into the list before it happens; reading leaves no trace. */
export function recorded(pieces: object, calls: Calls): object {
  const wrap = (group: string, name: string, call: unknown): unknown => {
    if (typeof call !== 'function' || (QUIET.test(name) && group !== 'views')) return call;
    return (...what: unknown[]) => {
      calls.push([`${group}.${name}`, ...what]);
      return call(...what);
    };
  };
  const groups = Object.entries(pieces).map(([group, piece]) => {
    if (typeof piece !== 'object' || group === 'policy') return [group, piece];
    return [group, Object.fromEntries(Object.entries(piece).map(([name, call]) => [name, wrap(group, name, call)]))];
  });
  return Object.fromEntries(groups);
}
