import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Pours a file into an answer. A reader that leaves early closes the file too, and so does one that had left before; what
 * went wrong on the way shows in the broken response.
 */
export async function pour(file: Readable, answer: Writable): Promise<void> {
  await pipeline(file, answer).catch(() => {
    // A pipeline into what is closed already leaves its source open.
    file.destroy();
    answer.destroy();
  });
}
