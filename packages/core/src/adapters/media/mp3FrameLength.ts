/** ISO/IEC 11172-3 and 13818-3, layer III, in kbit/s; index 0 is of free rate, and 15 of none. */
const RATES = {
  full: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  low: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const FREQUENCIES = [44_100, 48_000, 32_000];
/** Versions 2.5, none, 2 and 1: by how much their frequencies are lower. */
const LOWER = [4, undefined, 2, 1];

/** How long the frame of layer III is that begins here; undefined where none does, or one of free rate. */
export function mp3FrameLength(head: Uint8Array): number | undefined {
  const [sync = 0, kind = 0, coding = 0] = head;
  if (sync !== 0xff || (kind & 0xe6) !== 0xe2) return undefined;
  const lower = LOWER[(kind >> 3) & 3];
  const rate = (lower === 1 ? RATES.full : RATES.low)[(coding >> 4) - 1];
  const frequency = FREQUENCIES[(coding >> 2) & 3];
  if (lower === undefined || rate === undefined || frequency === undefined) return undefined;
  const perFrame = lower === 1 ? 144_000 : 72_000;
  return Math.floor((perFrame * rate * lower) / frequency) + ((coding >> 1) & 1);
}
