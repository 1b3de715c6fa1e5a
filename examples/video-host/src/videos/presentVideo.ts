import type { Generation } from '../models/generation.ts';

export interface VideoModel {
  readonly id: string;
  readonly prompt: string;
  readonly model: string;
  readonly createdAt: Date;
  readonly saved: boolean;
  readonly isPublic: boolean;
  readonly parent?: string;
  readonly reference?: string;
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
  };
}
