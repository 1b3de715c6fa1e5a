// The long form of the crash test: node packages/localdb/crash/long.ts [kills]
// Its negative control runs last; it must lose something, or the test could not have seen a loss.
import { crashTest, NOT_DURABLE } from './crashTest.ts';

const kills = Number(process.argv[2] ?? 6);
const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const show = (title: string, report: object): void => log(`${title}: ${JSON.stringify(report)}`);

show('durable', await crashTest({ kills, writeMs: 5000, log }));
show('durable, driver retries', await crashTest({ kills, writeMs: 5000, retryWrites: true, log }));
const control = await crashTest({ kills: 3, writeMs: 3000, settings: NOT_DURABLE, log });
show('negative control', control);
if (control.lostInserts === 0) process.exitCode = 1;
