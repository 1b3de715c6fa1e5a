import { governs } from '@kept/core';
import { Schema, type Types } from 'mongoose';

/** How somebody signs in besides a password: an account at an identity provider. */
export interface Identity {
  provider: string;
  providerId: string;
  email: string;
}

export interface User {
  _id: Types.ObjectId;
  email: string;
  identities: Identity[];
  name: string;
  /** Key of the picture in the media store. */
  avatar?: string;
  /** Absent where the person signs in by a provider only. */
  passwordHash?: string;
  /** ISO 3166. */
  country: string;
  birthYear: number;
  createdAt: Date;
  seenAt: Date;
  closedAt?: Date;
}

export const userSchema: Schema<User> = new Schema<User>(
  {
    email: { type: String, required: true, lowercase: true, trim: true },
    identities: [
      new Schema<Identity>(
        {
          provider: { type: String, required: true },
          providerId: { type: String, required: true },
          email: { type: String, required: true, lowercase: true, trim: true },
        },
        { _id: false },
      ),
    ],
    name: { type: String, required: true, trim: true, maxlength: 80 },
    avatar: String,
    passwordHash: { type: String, match: /^scrypt:/ },
    country: { type: String, required: true, match: /^[A-Z]{2}$/ },
    birthYear: { type: Number, required: true, min: 1900 },
    createdAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    closedAt: Date,
  },
  { versionKey: false },
);

userSchema.plugin(governs('users'));
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ 'identities.provider': 1, 'identities.providerId': 1 });
userSchema.index({ 'identities.email': 1 });
userSchema.index({ closedAt: 1 });
