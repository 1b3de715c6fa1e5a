import type { Right } from '../../kernel/classify/right.ts';
import type { Stored } from '../stored.ts';
import type { Place } from './packageEntry.ts';

/** How long a package can be fetched. The law leaves it open: the operator's choice. */
export const PACKAGE_DAYS = 14;

/** What is made for one request, part by part. Names of files stand in the manifests only, which are sealed. */
export interface StoredPackage extends Stored {
  readonly request: string;
  readonly subject: string;
  readonly right: Right;
  readonly state: 'making' | 'ready' | 'expired';
  readonly startedAt: Date;
  readonly readyAt?: Date;
  readonly availableUntil?: Date;
  readonly parts: readonly PackagePart[];
  /** Tries at parts that nobody brought to their end, or that somebody is at. */
  readonly begun?: readonly Attempt[];
  /** Where the next part begins. */
  readonly place?: Place;
  /** How far the part is that is being made. */
  readonly progress?: Counts;
  /** Files that broke off while they were read: the part is made again without them. */
  readonly broken?: readonly MissingFile[];
  readonly missing: Readonly<Record<string, number>>;
  /** Every part was sent to its end, and the request does or does not know of it yet. */
  readonly deliveredAt?: Date;
  readonly noted?: boolean;
  /** The signed receipt of delivery, in its canonical form. */
  readonly receipt?: string;
}

export interface Counts {
  /** Files in the archive, without the manifest. */
  readonly entries: number;
  readonly records: number;
  /** The person's own files, such as media. */
  readonly files: number;
  readonly bytes: number;
}

/** A worker's try at a part, which lies under its own name: whoever comes late overwrites nothing. */
export interface Attempt {
  readonly part: number;
  readonly name: string;
  readonly at: Date;
}

export interface PackagePart extends Counts {
  /** Whose bytes count. */
  readonly attempt: string;
  /** Of the ZIP file as it is downloaded, hex; `bytes` is its size. */
  readonly sha256: string;
  /** Somebody asked for it, which a program that follows links does not. */
  readonly askedAt?: Date;
  readonly downloads: number;
  /** So far it was sent without a gap, in bytes. */
  readonly reached: number;
  readonly sentAt?: Date;
}

export interface MissingFile {
  readonly name: string;
  /** A code such as FILE_NOT_FOUND. */
  readonly why: string;
}

export function packageId(request: string): string {
  return `package-${request}`;
}

/** Under which the key of a package lies in the key store: it is destroyed when the package ends. */
export function keyIdOf(id: string): string {
  return `package:${id}`;
}

export function partKey(id: string, number: number, attempt: string): string {
  return `${id}/part-${number}-${attempt}.zip.sealed`;
}

/** What a sealed part is, so that it opens as nothing else. */
export function aboutPart(id: string, number: number, attempt: string): string {
  return `kept.package:${id}/${number}/${attempt}`;
}
