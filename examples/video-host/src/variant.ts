import type { Kept, RouterOptions } from '@kept/core';
import type { Application, Request, RequestHandler } from 'express';
import type { Connection } from 'mongoose';
import type { Transport } from './host.ts';
import type { Media } from './media/media.ts';

/** One app that runs under the promises of one pack. The server brings everything else. */
export interface Variant {
  /** Folder of its policy, such as `sdance-ai`. */
  readonly pack: string;
  /** Name of the app as people read it. */
  readonly title: string;
  /** Mail to it goes to Kept. */
  readonly supportAddress: string;
  /** Renditions that the media store keeps beside each file, such as `thumbnail`. */
  readonly derived: readonly string[];
  /** Binds the models to the connection and waits for their indexes; safe to ask for twice. */
  prepare(connection: Connection): Promise<void>;
  /** Puts who is there on `req.user`, if anybody is. Mounted before Kept's router, which asks for it. */
  visitor(parts: Omit<Parts, 'kept'>): RequestHandler;
  /** ISO 3166 code of the place that a request comes from, where the app is told; silence about cookies is judged by it. */
  countryOf?(req: Request): string | undefined;
  /** Which kind each key is of that its pages keep in the browser's storage; none where absent. */
  readonly storage?: RouterOptions['storage'];
  /** Pages, files and API, mounted behind Kept's router, which answers `/privacy`. */
  app(parts: Parts): Application;
  /** Ends what lets this person in: sessions, keys, known devices. Running twice must be harmless. */
  revoke?(parts: Omit<Parts, 'kept'>, subject: string): Promise<void>;
  /** What the app does from time to time, beside the jobs of Kept; none where absent. */
  work?(parts: Parts): readonly Work[];
  /** Fills an empty app with people and what they made, the same on every run but for the dates. */
  seed(stage: { readonly connection: Connection; readonly media: Media; readonly now: Date }): Promise<Seeded>;
}

/** What an app is made of. */
export interface Parts {
  readonly connection: Connection;
  readonly media: Media;
  readonly kept: Kept;
  readonly mail: Transport;
  now(): Date;
}

/** A name, a rhythm such as `10 seconds`, and one call. Running twice must be harmless. */
export interface Work {
  readonly name: string;
  readonly every: string;
  run(): Promise<void>;
}

export interface Seeded {
  /** By a short key, such as `mara`. */
  readonly people: Readonly<Record<string, SeededPerson>>;
  /** Key of the person whom demo and tests follow: the one who asks for erasure. */
  readonly protagonist: string;
}

export interface SeededPerson {
  /** Key of the subject, as Kept knows it. */
  readonly id: string;
  /** Address that mail from the person comes from. */
  readonly email: string;
  /** Absent where the person does not sign in by a password. */
  readonly password?: string;
}

/** Who sent a request: a person, in whichever way the app knows people. */
export interface Visitor {
  readonly id: string;
}

declare global {
  namespace Express {
    interface Request {
      /** Who is there, as the variant's `visitor` found out. */
      user?: Visitor;
    }
  }
}
