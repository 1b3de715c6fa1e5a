import type { Generation } from '../models/generation.ts';

const keepsFor = 30 * 86_400_000;

export interface VideoModel {
  readonly id: string;
  readonly prompt: string;
  readonly model: string;
  readonly createdAt: Date;
  readonly saved: boolean;
  readonly isPublic: boolean;
  readonly parent?: string;
  readonly reference?: string;
  /** The day on which an unsaved video goes. */
  readonly goesOn?: Date;
}

/** What the pages show of a video. */
export function presentVideo(video: Generation): VideoModel {
  const reference = video.references[0]?.file;
  return {
    id: String(video._id),
    prompt: video.prompt,
    model: video.model,
    createdAt: video.createdAt,
    saved: Boolean(video.savedAt),
    isPublic: video.visibility === 'public',
    ...(video.parentId && { parent: String(video.parentId) }),
    ...(reference && { reference }),
    ...(!video.savedAt && { goesOn: new Date(video.createdAt.getTime() + keepsFor) }),
  };
}
