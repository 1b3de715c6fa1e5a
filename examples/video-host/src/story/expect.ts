/** A promise that the story found broken; the story ends there with exit 1. */
export class StoryBroken extends Error {
  override readonly name = 'StoryBroken';
}

/** The story shows nothing that it has not checked. */
export function expect(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new StoryBroken(`This did not hold: ${promise}`);
}
