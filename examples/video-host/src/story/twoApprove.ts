import { isKeptError } from '@kept/core';
import { expect } from './expect.ts';
import type { Stage } from './stage.ts';

/** One staff member proposes exactly this preview, another approves it. */
export async function twoApprove(stage: Pick<Stage, 'server' | 'say' | 'staff'>, id: string): Promise<void> {
  const { server, say, staff } = stage;
  const { requests } = server.kept;
  say.chapter('Two people decide');
  const request = await requests.get(id);
  expect(request?.status === 'previewed', 'there is a preview');
  const { hash } = request.preview;

  await requests.propose(id, staff.agent._id, hash);
  say.tell(`${staff.agent.name} (agent) proposed it.`, { id: staff.agent._id });

  const alone = await requests.approve(id, staff.agent._id, hash).catch((error: unknown) => error);
  expect(isKeptError(alone) && alone.code === 'REQUEST_CONFLICT', 'nobody approves their own proposal');
  say.tell(`${staff.agent.name} tried to approve it too, and was refused.`, { code: 'REQUEST_CONFLICT' });

  await requests.approve(id, staff.lead._id, hash);
  say.tell(`${staff.lead.name} (privacy lead) approved it.`, { id: staff.lead._id });
}
