import { describe, expect, test } from '@jest/globals';
import { RIGHTS } from '../../../packages/core/src/kernel/classify/right.ts';
import { addressSubject } from '../../../packages/core/src/kernel/request/addressSubject.ts';
import { needsIdentity } from '../../../packages/core/src/kernel/request/needsIdentity.ts';

const requester = { subject: 'ann', address: 'ann@example.org' };
const harmless = ['withdraw-consent', 'optout-training', 'optout-marketing', 'optout-sale'];

describe('who must prove who they are', () => {
  test('nobody does who takes a yes back by a mail from the address of the account', () => {
    expect(RIGHTS.filter((right) => !needsIdentity({ right, requester, about: requester }))).toEqual(harmless);
  });

  test('everybody does who writes from elsewhere, and of somebody unknown nothing is carried out', () => {
    const elsewhere = { address: 'eve@example.net' };
    expect(RIGHTS.filter((right) => !needsIdentity({ right, requester: elsewhere, about: requester }))).toEqual([]);
    expect(RIGHTS.filter((right) => !needsIdentity({ right, requester }))).toEqual([]);
    const nobody = { subject: addressSubject(requester.address), address: requester.address };
    expect(RIGHTS.filter((right) => !needsIdentity({ right, requester, about: nobody }))).toEqual([]);
  });
});
