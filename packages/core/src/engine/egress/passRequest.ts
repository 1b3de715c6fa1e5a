import { demandBounded } from '../../kernel/egress/demandBounded.ts';
import { type Listed, listedLeaves } from '../../kernel/egress/listedLeaves.ts';
import type { Sought } from '../../kernel/egress/personalSpans.ts';
import type { Occasion } from '../keptEgress.ts';
import type { World } from '../world.ts';
import { type CleanLeaf, cleanLeaf, cleanText } from './cleanLeaf.ts';
import { type Destination, destinationOf } from './destination.ts';
import { disclose } from './disclose.ts';
import { forbiddenBy, type Refusal } from './judge.ts';
import { soughtFor } from './soughtFor.ts';

/** A request that is about to leave, taken apart. */
export interface Outgoing {
  readonly url: URL;
  /** It goes over TLS, or does not leave this machine. */
  readonly secure: boolean;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: unknown;
}

/** What may leave of it. */
export interface Cleared {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly CleanLeaf[];
  readonly body: readonly CleanLeaf[];
}

/** Headers by which a browser or a host passes on who somebody is. */
const telling =
  /^(cookie|referer|referrer|from|forwarded|origin|via|accept-language|sec-.*|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|fly-client-ip|fastly-client-ip|cf-.*|x-vercel-.*|x-user.*|x-customer.*|x-account.*|x-email.*)$/i;

/** What of a request may leave, on record before it is handed back. Throws EGRESS_REFUSED, EGRESS_INVALID. */
export async function passRequest(
  world: World,
  name: string,
  occasion: Occasion,
  { url, secure, headers, body }: Outgoing,
): Promise<Cleared> {
  const to = destinationOf(world, name, occasion);
  const fields = to.rule?.fields ?? [];
  const query = queryOf(url);
  demandBounded([query, body]);
  const [inQuery, inBody] = [listedLeaves(query, fields), listedLeaves(body, fields)];
  let cleared: Cleared = { headers: [], query: [], body: [] };

  await disclose(world, to, both(inQuery, inBody), async (ask) => {
    const sought = await soughtFor(world, to, ask);
    if ('outcome' in sought) return sought;
    const refusal = addressFault(to, url, secure, sought);
    if (refusal !== undefined) return refusal;
    const clean = ({ leaves }: Listed): Promise<CleanLeaf[]> =>
      Promise.all(leaves.map((leaf) => cleanLeaf(world, leaf, sought)));
    const { kept, found } = cleanHeaders(headers, sought);
    cleared = { headers: kept, query: await clean(inQuery), body: await clean(inBody) };
    return [...cleared.query, ...cleared.body, ...found];
  });
  return cleared;
}

/** Parameters of the address, each under its name with a question mark; those that come several times as a list. */
function queryOf({ searchParams }: URL): Readonly<Record<string, string | string[]>> {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [first = '', ...others] = searchParams.getAll(name);
      return [`?${name}`, others.length === 0 ? first : [first, ...others]];
    }),
  );
}

function both(one: Listed, other: Listed): Listed {
  return {
    leaves: [...one.leaves, ...other.leaves],
    unlisted: one.unlisted + other.unlisted,
    names: [...one.names, ...other.names],
  };
}

function addressFault(
  { recipient, rule }: Destination,
  url: URL,
  secure: boolean,
  sought: Sought,
): Refusal | undefined {
  const against = (text: string): Refusal =>
    forbiddenBy(`inventory.egress.${recipient?.name}`, recipient?.clause ?? '', text);
  if (!secure) return against('the connection is not encrypted');
  if (!rule?.hosts.includes(url.hostname)) return against('the host is not listed for the recipient');
  if (url.username !== '' || url.password !== '') return against('the address holds a name or a password');
  // An address cannot be shortened without leading elsewhere.
  return cleanText(url.pathname, sought).personal.length > 0
    ? against('account or billing values stand in the address')
    : undefined;
}

/** The recipient's own key looks like a secret, and is one that it knows: in headers only the person is looked for. */
function cleanHeaders(headers: Outgoing['headers'], sought: Sought): { kept: Outgoing['headers']; found: CleanLeaf[] } {
  const judged = headers
    .filter(([name]) => !telling.test(name))
    .map((header) => ({ header, ...cleanText(header.join(': '), { ...sought, finder: () => [] }) }));
  const personal = judged.flatMap((each) => each.personal);
  const field = { path: 'headers', category: '' };
  return {
    kept: judged.filter((each) => each.personal.length === 0).map(({ header }) => header),
    found: personal.length === 0 ? [] : [{ field, at: [], personal, media: [] }],
  };
}
