import { u8, u16, u32 } from './numbersIn.ts';

const ORIENTATION = 0x0112;
const GPS = 0x8825;
const SHORT = 3;

/**
 * Keeps of Exif blocks (TIFF files, CIPA DC-008) how the picture is turned, and nothing else: without that, a picture taken
 * with the camera held upright would lie on its side. Of several blocks the first that turns counts. Answers the block to
 * write, or nothing; what goes, `GPS` by its own name, is named in `removed`.
 */
export function orientationKeeper(removed: Set<string>): (tiff: Uint8Array) => Uint8Array | undefined {
  let turned = false;
  return (tiff) => {
    const { orientation, gps } = summaryOf(tiff);
    const exif = orientation === 1 || turned ? undefined : plainExif(orientation);
    turned ||= exif !== undefined;
    if (gps) removed.add('GPS');
    if (!exif || Buffer.compare(exif, tiff) !== 0) removed.add('EXIF');
    return exif;
  };
}

/** Never throws: a block that cannot be read turns nothing. */
function summaryOf(tiff: Uint8Array): { orientation: number; gps: boolean } {
  try {
    return read(tiff);
  } catch {
    return { orientation: 1, gps: false };
  }
}

function read(tiff: Uint8Array): { orientation: number; gps: boolean } {
  const little = u16(tiff, 0) === 0x4949;
  const short = (at: number): number => (little ? u8(tiff, at) + u8(tiff, at + 1) * 0x100 : u16(tiff, at));
  const long = (at: number): number => (little ? short(at) + short(at + 2) * 0x10000 : u32(tiff, at));
  const directory = long(4);
  let orientation = 1;
  let gps = false;
  for (let entry = 0; entry < short(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    const tag = short(at);
    if (tag === GPS) gps = true;
    if (tag === ORIENTATION && short(at + 2) === SHORT) orientation = short(at + 8);
  }
  return { orientation: orientation >= 2 && orientation <= 8 ? orientation : 1, gps };
}

/** An Exif block of one entry. */
function plainExif(orientation: number): Uint8Array {
  return Uint8Array.of(
    ...[0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8],
    ...[0, 1],
    ...[ORIENTATION >> 8, ORIENTATION & 0xff, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  );
}
