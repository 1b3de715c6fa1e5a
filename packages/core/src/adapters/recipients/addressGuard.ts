import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { KeptError } from '../../kernel/keptError.ts';
import { isLoopback } from '../loopback/isLoopback.ts';

/** What is no address of the open network (IANA special-purpose registries, RFC 6890). */
const NOT_PUBLIC = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '::/128', '::1/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23'],
  ...['2001:db8::/32', '2002::/16', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
];

/** Refuses what leads to no public address, however a name is resolved at the moment of the call. */
export interface AddressGuard {
  readonly lookup: LookupFunction;
  /** Throws WEBHOOK_REFUSED for a host that is such an address itself: nobody looks that up. */
  demand(url: URL): void;
}

const notPublic = listOf(NOT_PUBLIC, 'NOT_PUBLIC');

/** `declared`: ranges such as `10.2.0.0/16` that are no public ones and meant all the same. Throws WEBHOOK_INVALID. */
export function addressGuard(declared: readonly string[]): AddressGuard {
  const meant = listOf(declared, 'privateNetworks');
  const isAllowed = (address: string, host: string): boolean => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (!notPublic.check(address, family) || meant.check(address, family)) return true;
    return isLoopback(host) && isLoopback(address) && process.env.NODE_ENV !== 'production';
  };

  return {
    demand({ hostname }) {
      const bare = hostname.replace(/^\[(.*)\]$/, '$1');
      if (isIP(bare) !== 0 && !isAllowed(bare, bare)) throw notAllowed();
    },

    lookup(host, options, done) {
      lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
        if (error) return done(error, []);
        const [first] = found;
        // One address among several would be enough for an attacker who controls the name.
        if (!first || found.some(({ address }) => !isAllowed(address, host))) return done(notAllowed(), []);
        return options.all ? done(null, found) : done(null, first.address, first.family);
      });
    },
  };
}

function listOf(ranges: readonly string[], place: string): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = String(range).split('/');
    try {
      list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
    } catch (cause) {
      const remedy = 'Write it as 10.2.0.0/16 or fd00:1::/64.';
      throw new KeptError('WEBHOOK_INVALID', 'This is no range of addresses', { place, remedy, cause });
    }
  }
  return list;
}

function notAllowed(): KeptError {
  return new KeptError('WEBHOOK_REFUSED', 'The recipient’s host leads to an address that is not public', {
    place: 'webhook',
    remedy: 'If that is meant, declare its range: privateNetworks: ["10.2.0.0/16"].',
  });
}
