import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { sharpBlur } from '../../packages/core/src/adapters/blur/sharpBlur.ts';
import { type Format, picture } from './picturesMade.ts';

const blur = sharpBlur(sharp);
const LEFT = { x: 0, y: 0, width: 0.5, height: 1 };

/** How far the pixels of a part differ from each other, the colours together. */
async function detail(bytes: Uint8Array, part: 'left' | 'right'): Promise<number> {
  const { width = 0, height = 0 } = await sharp(bytes).metadata();
  const half = Math.floor(width / 2);
  const box = { left: part === 'left' ? 0 : half, top: 0, width: half, height };
  const { channels } = await sharp(await sharp(bytes).extract(box).removeAlpha().toBuffer()).stats();
  return channels.reduce((sum, { stdev }) => sum + stdev, 0);
}

describe('a covered part of a picture', () => {
  test.each<Format>(['jpeg', 'png', 'webp'])('of a %s tells nothing any more, and the rest stays', async (format) => {
    const whole = await picture(format, 'Mara was here', {}, 1);
    const covered = await blur.cover(whole, [LEFT]);

    expect((await sharp(covered).metadata()).format).toBe(format);
    expect(await detail(covered, 'left')).toBeLessThan((await detail(whole, 'left')) / 4);
    expect(await detail(covered, 'right')).toBeGreaterThan((await detail(whole, 'right')) * 0.8);
  });

  test('is where somebody sees it who looks at a picture that was turned', async () => {
    const whole = await picture('jpeg', 'Mara was here', {}, 6);
    const covered = await blur.cover(whole, [LEFT]);

    const [before, after] = [await sharp(whole).metadata(), await sharp(covered).metadata()];
    expect([after.width, after.height]).toEqual([before.height, before.width]);
    expect(await detail(covered, 'left')).toBeLessThan((await detail(covered, 'right')) / 4);
  });

  test('leaves nothing of what stood beside the picture', async () => {
    const covered = await blur.cover(await picture('jpeg', 'Mara was here'), [LEFT]);
    expect(Buffer.from(covered).includes('Mara was here')).toBe(false);
    expect((await sharp(covered).metadata()).exif).toBeUndefined();
  });

  test('may reach to the edge and may be tiny', async () => {
    const edge = { x: 0.99, y: 0.99, width: 0.01, height: 0.01 };
    await expect(blur.cover(await picture('png', 'x'), [edge, LEFT])).resolves.toBeInstanceOf(Uint8Array);
  });

  test('is refused of films, of several frames and of what is broken', async () => {
    const one = await picture('png', 'x', {}, 1);
    const other = await sharp(one).negate().toBuffer();
    const frames = await sharp([one, other], { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(2);
    const cut = (await picture('png', 'x')).subarray(0, 200);
    for (const bytes of [Buffer.from('video'), await picture('gif', 'x'), frames, cut, Buffer.alloc(0)])
      await expect(blur.cover(bytes, [LEFT])).rejects.toMatchObject({ code: 'BLUR_REFUSED' });
  });
});
