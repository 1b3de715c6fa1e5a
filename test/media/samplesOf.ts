import { createFile, Log, type MP4BoxBuffer } from 'mp4box';

// mp4box takes a colour profile for longer than it is, says so and goes on; only what stops it counts.
Log.error = (module, message, file) => file?.onError?.(module, message ?? '');

/** The samples of each track by its number, as mp4box finds them. */
export function samplesOf(bytes: Uint8Array): Map<number, Buffer[]> {
  const file = createFile();
  const failed: string[] = [];
  file.onError = (_module: string, message: string) => failed.push(message);
  const buffer = Uint8Array.from(bytes).buffer as MP4BoxBuffer;
  buffer.fileStart = 0;
  file.appendBuffer(buffer, true);
  file.flush();
  if (failed.length > 0) throw new Error(failed.join('; '));
  return new Map(
    file.getInfo().tracks.map(({ id }) => {
      const samples = file.getTrackSamplesInfo(id);
      return [id, samples.map(({ offset, size }) => Buffer.from(bytes.subarray(offset, offset + size)))];
    }),
  );
}
