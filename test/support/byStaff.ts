import { loadPack, type Policy, type Right } from '@kept/core';

/** The pack of Sdance AI with some rights left to staff, who answer them by hand. */
export async function byStaff(...rights: readonly Right[]): Promise<Policy> {
  const policy = await loadPack('sdance-ai');
  const leave = (rule: Policy['rights'][number]): Policy['rights'][number] =>
    rights.includes(rule.right) ? { ...rule, executor: 'staff' } : rule;
  return { ...policy, rights: policy.rights.map(leave) };
}
