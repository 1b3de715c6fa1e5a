import type { ScanFinding, ScanReport } from '@kept/core';
import mongoose from 'mongoose';
import { type Scene, scene } from '../support/scene.ts';

export const MARA: mongoose.mongo.ObjectId = new mongoose.mongo.ObjectId();

/** A database with one person in it, and what a scan of it finds. */
export interface ScanScene extends Scene {
  into(collection: string, ...records: object[]): Promise<unknown>;
  /** As `code place count`; entries of the inventory that nothing stores are left out. */
  found(): Promise<string[]>;
}

export async function scanScene(): Promise<ScanScene> {
  const the = await scene();
  const into: ScanScene['into'] = (collection, ...records) =>
    the.db.collection(collection).insertMany(records as mongoose.mongo.Document[]);
  await into('users', { _id: MARA, email: 'Mara.Lind@example.org', name: 'Mara' });
  return {
    ...the,
    into,
    found: async () => linesOf(await the.kept.scan.run()).filter((each) => !each.startsWith('COLLECTION_NOWHERE')),
  };
}

export function linesOf({ findings }: ScanReport): string[] {
  return findings.map(({ code, where, count }) => `${code} ${where} ${count}`);
}

export function firstOf({ findings }: ScanReport, code: string): ScanFinding | undefined {
  return findings.find((each) => each.code === code);
}
