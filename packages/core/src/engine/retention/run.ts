import type { Stored } from '../stored.ts';

export interface Run extends Stored {
  readonly kind: 'sweep';
  readonly rule: string;
  readonly mode: 'observe' | 'enforce';
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly collections: readonly SweepCount[];
  /** It took something away, or stopped: worth showing among the many that found nothing. */
  readonly notable: boolean;
  /** Run time, from which the next sweep knows how far ahead it must begin. */
  readonly ms?: number;
  readonly stopped?: string;
  /** Staff who let it take more than a sweep may by itself. */
  readonly allowedBy?: readonly string[];
}

export interface SweepCount {
  readonly collection: string;
  readonly due: number;
  readonly erased: number;
  /** Records that stay without the fields whose time was over; absent where the rule ends whole records. */
  readonly redacted?: number;
  readonly files: number;
  readonly held: number;
}
