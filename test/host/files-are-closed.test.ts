import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, test } from '@jest/globals';
import { pour } from '../../examples/video-host/src/web/pour.ts';

const answer = (write: (part: unknown) => void = () => undefined): Writable =>
  new Writable({
    write(part, _encoding, done) {
      write(part);
      done();
    },
  });

test.each<[string, (into: Writable) => void]>([
  ['when the reader has it all', () => undefined],
  ['when the reader leaves on the way', (into) => setImmediate(() => into.destroy())],
  ['when the reader had left before', (into) => into.destroy()],
])('a file is closed %s', async (_, leave) => {
  const handle = await open(import.meta.filename);
  const file = handle.createReadStream({ highWaterMark: 16 });
  const into = answer();
  leave(into);
  const closed = finished(file).catch(() => undefined);
  await pour(file, into);
  await closed;
  expect([file.destroyed, file.closed, handle.fd]).toEqual([true, true, -1]);
});
