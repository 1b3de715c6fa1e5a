import { governs } from '@kept/core';
import { Schema, type Types } from 'mongoose';

export type Visibility = 'private' | 'public';

/** One video that somebody had made, and what they gave for it. */
export interface Generation {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  /** The video this one is a remix of. */
  parentId?: Types.ObjectId;
  prompt: string;
  model: string;
  /** Keys of pictures that people gave, in the media store; several videos of one person may share one. */
  references: { file: string }[];
  /** Keys of the videos, in the media store; beside each lies its `<key>.thumbnail`. */
  outputs: { file: string }[];
  createdAt: Date;
  savedAt?: Date;
  unsavedAt?: Date;
  visibility: Visibility;
}

const file = new Schema<{ file: string }>({ file: { type: String, required: true } }, { _id: false });

export const generationSchema: Schema<Generation> = new Schema<Generation>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    parentId: Schema.Types.ObjectId,
    prompt: { type: String, required: true, trim: true, maxlength: 2000 },
    model: { type: String, required: true },
    references: [file],
    outputs: [file],
    createdAt: { type: Date, required: true },
    savedAt: Date,
    unsavedAt: Date,
    visibility: { type: String, enum: ['private', 'public'], default: 'private' },
  },
  { versionKey: false },
);

generationSchema.plugin(governs('generations'));
generationSchema.index({ userId: 1, createdAt: -1 });
generationSchema.index({ visibility: 1, createdAt: -1 });
generationSchema.index({ parentId: 1 });
generationSchema.index({ createdAt: 1 });
generationSchema.index({ 'references.file': 1 });
generationSchema.index({ 'outputs.file': 1 });
