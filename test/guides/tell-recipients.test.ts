import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  emailConnector,
  type PublicKey,
  type RecipientConnector,
  verifyNotification,
  webhookConnector,
} from '@kept/core';
import express from 'express';
import { tellRecipients } from '../../packages/core/src/engine/notifications/tellRecipients.ts';
import { worldOf } from '../engine/worldOf.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

// What stands in a region here is printed in docs/guides/tell-recipients.md.

const customers = { numberOf: async (_subject: string): Promise<string> => 'cus_1' };
let connectors: Record<string, RecipientConnector> = {};
let the: Scene;

beforeAll(async () => {
  the = await scene({ connectors });
});
afterAll(() => the.close());

test('a recipient takes what the installation has signed, once, and says that it is done', async () => {
  const { keyId, publicKey } = await the.keys.signer();
  const keys: readonly PublicKey[] = [{ keyId, algorithm: 'Ed25519', publicKey }];
  const seen = new Set<string>();
  const erased: string[] = [];
  const eraseBy = async (references: readonly string[]): Promise<void> => void erased.push(...references);
  const now = (): Date => the.clock.now();

  const app = express();
  // #region receive
  app.post('/kept', express.raw({ type: 'application/json' }), async ({ headers, body }, res) => {
    const notice = verifyNotification({ headers, body }, keys, now()); // throws NOTICE_REFUSED
    if (notice.what === 'erasure' && !seen.has(notice.id)) {
      await eraseBy(notice.references);
      seen.add(notice.id);
    }
    res.json({ done: notice.what === 'erasure' });
  });
  // #endregion receive
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/kept`;

  const wired = connectors;
  // #region connectors
  connectors = {
    'fal-ai': webhookConnector(url),
    creem: emailConnector('privacy@creem.example', {
      answerWithinDays: 7,
      referencesOf: async (subject) => [await customers.numberOf(subject)],
    }),
  };
  // #endregion connectors
  Object.assign(wired, connectors);

  const { key: subject } = await aPerson(the, 'ann@example.org', { videos: 0 });
  await the.kept.egress('fal-ai', { subject, generation: 'g-1' }).pass({ prompt: 'a boat' });
  const categories = ['generation.prompt', 'account.contact'];
  const world = { ...worldOf(the), connectors };
  await tellRecipients(world, { request: 'r-1', subject, what: 'erasure', categories }, now());
  await the.kept.notifications.advance();
  server.close();

  expect(erased).toEqual(['g-1']);
  const told = await the.kept.notifications.told('r-1');
  expect(told.map(({ recipient, state }) => `${recipient} ${state}`)).toEqual(['creem sent', 'fal-ai confirmed']);
});
