import type { Decision, EgressGate, Kept, Occasion, Policy, SubjectQuestion } from '@kept/core';
import type { HydratedDocument } from 'mongoose';
import type { Media } from './media/media.ts';
import type { Models } from './models/models.ts';
import type { User } from './models/user.ts';
import type { Render } from './web/views.ts';

/** The part of Kept that the app itself asks: what it may do with somebody's data, how long, and from which age on. */
export interface Promises {
  decide(question: SubjectQuestion): Promise<Decision>;
  /** The way out, such as to the provider of a model. */
  egress(recipient: string, occasion: Occasion): Pick<EgressGate, 'pass'>;
  readonly policies: {
    /** Records that somebody accepted the notice as it is now; it consents to nothing. */
    accept(subject: string, source: string): Promise<void>;
  };
  readonly children: Pick<Kept['children'], 'mayJoin'>;
  /** Holds back what may not be set now. */
  readonly cookies: Kept['cookies'];
  readonly policy: Policy;
}

/** The part of a nodemailer transport that the app uses. */
export interface Transport {
  sendMail(mail: { from: string; sender: string; to: string; subject: string; text: string }): Promise<unknown>;
}

/** What the app is made of; each handler file takes it and answers a router. */
export interface Host {
  readonly models: Models;
  readonly media: Media;
  readonly kept: Promises;
  readonly mail: Transport;
  readonly supportAddress: string;
  readonly render: Render;
  now(): Date;
}

export type Person = HydratedDocument<User>;
