/** A frame of layer III at 128 kbit/s and 44,100 Hz, filled with one byte. */
export const frame = (fill: number): Buffer =>
  Buffer.concat([Buffer.of(0xff, 0xfb, 0x90, 0x00), Buffer.alloc(413, fill)]);

/** Three frames and nothing else. */
export const plainMp3 = (): Buffer => Buffer.concat([frame(1), frame(0x49), frame(3)]);

export const id3 = (words: string): Buffer => {
  const body = Buffer.from(`TPE1${words}`);
  return Buffer.concat([Buffer.from('ID3\x04\0\0\0\0'), Buffer.of(body.length >> 7, body.length & 0x7f), body]);
};

export const ape = (words: string): Buffer => {
  const head = Buffer.alloc(32);
  head.write('APETAGEX');
  const body = Buffer.concat([Buffer.from(words), Buffer.from(head)]);
  head.writeUInt32LE(body.length, 12);
  return Buffer.concat([head, body]);
};

export const id3v1 = (words: string): Buffer => Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, words)]);

export const waveChunk = (type: string, body: Uint8Array): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(type), size, body, Buffer.alloc(body.length % 2)]);
};

/** One channel of 16 bits at 8,000 Hz. */
export const form = waveChunk('fmt ', Buffer.from('01000100401f0000803e000002001000', 'hex'));
export const samples = waveChunk('data', Buffer.alloc(64, 'sound'));

export const wave = (...chunks: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), size, body]);
};
