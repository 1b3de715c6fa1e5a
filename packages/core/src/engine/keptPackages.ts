import type { Right } from '../kernel/classify/right.ts';
import type { Counts } from './packages/storedPackage.ts';

/**
 * What people get who ask for their data: ZIP files, sealed while they wait to be fetched, for a while. A package is made by
 * the request that asks for it.
 */
export interface Packages {
  /** Newest first. Throws SUBJECT_INVALID. */
  of(subject: string): Promise<readonly PackageState[]>;
  /** While it is made, too; undefined where the request has none. */
  ofRequest(request: string): Promise<PackageState | undefined>;
  /**
   * What it is, without effect. Throws PACKAGE_NOT_FOUND, the same for what never was and for what is somebody else's;
   * PACKAGE_REFUSED after too many wrong links.
   */
  open(way: PackageWay): Promise<PackageState>;
  /**
   * Notes that somebody asks for a part, which a program that only follows links never does; it can be downloaded from then
   * on. Counts from 1. Throws like `open`, PACKAGE_CLOSED once it is over, and PACKAGE_REFUSED after too many downloads.
   */
  ask(way: PackageWay, part: number): Promise<void>;
  /**
   * The bytes of a part, from `from` on. Throws like `ask`, PACKAGE_CONFLICT where nobody asked for it, RANGE_INVALID; while
   * it is read, SEAL_BROKEN or FILE_NOT_FOUND where what is stored is not what was put there.
   */
  download(way: PackageWay, part: number, from?: number): Promise<PartDownload>;
  /** The signed receipt of delivery; undefined while not all of it was fetched. Throws like `open`. */
  receipt(way: PackageWay): Promise<string | undefined>;
  /** Ends what is over, and what was begun for a request that has ended otherwise: the keys first, then the bytes. */
  expire(): Promise<{ expired: number }>;
}

/** Whoever has the link of the letter, with where the visitor comes from; or whoever is signed in as the person. */
export type PackageWay =
  | { readonly token: string; readonly from?: string }
  | { readonly subject: string; readonly id: string };

export interface PackageState extends Counts {
  readonly id: string;
  readonly request: string;
  readonly right: Right;
  readonly state: 'making' | 'ready' | 'expired';
  readonly startedAt: Date;
  readonly readyAt?: Date;
  readonly availableUntil?: Date;
  /** All of it was fetched for the first time. */
  readonly deliveredAt?: Date;
  readonly parts: readonly PartState[];
  /** What is not in it and why, a sentence each, nothing personal in it. */
  readonly missing: readonly string[];
}

/** A ZIP file: `bytes` is its size, and `sha256` is of all of it. */
export interface PartState extends Counts {
  readonly number: number;
  readonly sha256: string;
  readonly sentAt?: Date;
}

export interface PartDownload {
  /** For the file, with nothing personal in it. */
  readonly name: string;
  readonly sha256: string;
  /** Of the whole part. */
  readonly bytes: number;
  readonly from: number;
  readonly content: AsyncIterable<Uint8Array>;
  /** To be told how far it got, counted from the beginning of the part, once it ended or broke off. */
  ended(reached: number): Promise<void>;
}
