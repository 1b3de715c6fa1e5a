import type { Kept } from '../../packages/core/src/engine/kept.ts';

/** Notes the calls that jobs make; `during` is what each of them waits for. */
export function fakeKept(options: { service?: string; during?: (call: string) => Promise<unknown> } = {}): {
  kept: Kept;
  calls: string[];
} {
  const { service = 'sdance-ai', during = async () => undefined } = options;
  const calls: string[] = [];
  const call = (name: string) => () => {
    calls.push(name);
    return during(name);
  };
  const port = (name: string) => new Proxy({}, { get: (_target, verb) => call(`${name}.${String(verb)}`) });
  const ports = [
    'policies',
    'mail',
    'requests',
    'notifications',
    'transfer',
    'outbox',
    'packages',
    'restrictions',
    'retention',
    'disclosures',
    'recipients',
    'reviews',
    'reminders',
    'evidence',
    'scan',
  ];
  return {
    calls,
    kept: { service, ...Object.fromEntries(ports.map((name) => [name, port(name)])) } as unknown as Kept,
  };
}
