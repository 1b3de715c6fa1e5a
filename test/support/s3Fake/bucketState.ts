/** One version of an object, or a delete marker; `null` is the version of a bucket that keeps none. */
export interface Version {
  readonly id: string;
  readonly bytes: Buffer;
  readonly marker?: true;
  retainUntil?: Date;
  legalHold?: boolean;
}

/** What lies in the bucket, as S3 keeps it: newest versions first, uploads that are neither completed nor aborted. */
export class BucketState {
  versioning: 'Enabled' | 'Suspended' | undefined;
  encrypted = false;
  readonly versions = new Map<string, Version[]>();
  readonly uploads = new Map<string, { key: string; parts: Map<number, Buffer> }>();
  /** Operations that this account may not do, such as `ListObjectVersions`. */
  readonly denied = new Set<string>();
  /** Keys that answer InternalError when they are deleted, so many times. */
  readonly broken = new Map<string, number>();
  /** What was asked, in order. */
  readonly asked: string[] = [];
  private counter = 0;

  nextId(): string {
    this.counter += 1;
    return String(this.counter).padStart(8, '0');
  }

  current(key: string): Version | undefined {
    const [newest] = this.versions.get(key) ?? [];
    return newest?.marker ? undefined : newest;
  }

  put(key: string, bytes: Buffer): void {
    this.add(key, { id: this.versioning === 'Enabled' ? this.nextId() : 'null', bytes });
  }

  /** Answers the code of an error, or undefined where it is done. */
  delete(key: string, versionId?: string): string | undefined {
    const times = this.broken.get(key) ?? 0;
    if (times > 0) {
      this.broken.set(key, times - 1);
      return 'InternalError';
    }
    const all = this.versions.get(key) ?? [];
    if (versionId === undefined && this.versioning) {
      this.add(key, { id: this.nextId(), bytes: Buffer.alloc(0), marker: true });
      return undefined;
    }
    const target = all.find(({ id }) => id === (versionId ?? 'null'));
    if (target && (target.legalHold || target.retainUntil)) return 'AccessDenied';
    this.keep(
      key,
      all.filter((each) => each !== target),
    );
    return undefined;
  }

  private add(key: string, version: Version): void {
    const others = (this.versions.get(key) ?? []).filter(({ id }) => id !== version.id);
    this.keep(key, [version, ...others]);
  }

  private keep(key: string, versions: Version[]): void {
    if (versions.length > 0) this.versions.set(key, versions);
    else this.versions.delete(key);
  }
}
