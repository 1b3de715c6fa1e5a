/** The part of the S3 protocol server that tests use; it brings no types. */
declare module '@20minutes/s3rver' {
  export default class S3rver {
    constructor(options: object);
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
    readonly store: { deleteObject(bucket: string, key: string): Promise<void> };
  }
}
