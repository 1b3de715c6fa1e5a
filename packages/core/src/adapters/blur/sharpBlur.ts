import type { Metadata, default as OpenPicture, OverlayOptions } from 'sharp';
import type { Blur, Region } from '../../engine/ports/blur.ts';
import { KeptError } from '../../kernel/keptError.ts';

/** What stays of a region: so few averages that no face can be told or worked out, however large it was. */
const CELLS = 4;

const FORMATS: ReadonlySet<string | undefined> = new Set(['jpeg', 'png', 'webp']);

/** Covers regions of JPEG, PNG and WebP pictures with `sharp`, which the host hands over. */
export function sharpBlur(open: typeof OpenPicture): Blur {
  return {
    async cover(picture, regions) {
      const { format, pages = 1 } = await kindOf(open, picture);
      if (!FORMATS.has(format) || pages > 1) throw notAPicture();
      // As it is shown: regions are given by somebody who looks at it.
      const upright = await open(picture)
        .autoOrient()
        .png({ compressionLevel: 1 })
        .toBuffer({ resolveWithObject: true })
        .catch(broken);
      const covers = regions
        .map((region) => boxOf(region, upright.info))
        .map((box) => coverOf(open, upright.data, box));
      return open(upright.data)
        .composite(await Promise.all(covers))
        .toFormat(format as 'png')
        .toBuffer();
    },
  };
}

async function kindOf(
  open: typeof OpenPicture,
  picture: Uint8Array,
): Promise<Partial<Pick<Metadata, 'format' | 'pages'>>> {
  try {
    return await open(picture).metadata();
  } catch {
    return {};
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Whole pixels, never fewer than the region covers, and none beyond the picture. */
function boxOf({ x, y, width, height }: Region, whole: { width: number; height: number }): Box {
  const left = Math.min(Math.floor(x * whole.width), whole.width - 1);
  const top = Math.min(Math.floor(y * whole.height), whole.height - 1);
  const right = Math.min(Math.ceil((x + width) * whole.width), whole.width);
  const bottom = Math.min(Math.ceil((y + height) * whole.height), whole.height);
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** A few averages drawn large, which unlike a mere blur cannot be sharpened again; opaque, or what lies below would show. */
async function coverOf(open: typeof OpenPicture, picture: Buffer, box: Box): Promise<OverlayOptions> {
  const cells = await open(picture).extract(box).flatten().resize(CELLS, CELLS, { fit: 'fill' }).png().toBuffer();
  const { width, height, left, top } = box;
  const input = await open(cells).resize(width, height, { fit: 'fill', kernel: 'cubic' }).png().toBuffer();
  return { input, left, top };
}

function notAPicture(): KeptError {
  return new KeptError('BLUR_REFUSED', 'Only a still JPEG, PNG or WebP picture can be covered in part', {
    place: 'picture',
    remedy: 'Take it down, or refuse with a ground.',
  });
}

function broken(): never {
  throw notAPicture();
}
