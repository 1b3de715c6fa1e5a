import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

const FORMATS = {
  'mp4, index last': () => new Mp4OutputFormat({ fastStart: false }),
  'mp4, index first': () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  'mp4, in fragments': () => new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.2 }),
  mov: () => new MovOutputFormat({ fastStart: false }),
};
const VIDEO = { decoderConfig: { codec: 'vp09.00.10.08', codedWidth: 64, codedHeight: 48 } };
const SOUND = { decoderConfig: { codec: 'opus', numberOfChannels: 2, sampleRate: 48_000 } };

/** Twenty packets of VP9 and of Opus, or of what would be such, as mediabunny writes them. */
export async function writtenFilm(layout: keyof typeof FORMATS): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS[layout](), target });
  const video = new EncodedVideoPacketSource('vp9');
  const sound = new EncodedAudioPacketSource('opus');
  output.addVideoTrack(video);
  output.addAudioTrack(sound);
  await output.start();
  for (let n = 0; n < 20; n += 1) {
    const type = n % 5 === 0 ? 'key' : 'delta';
    await video.add(new EncodedPacket(new Uint8Array(100 + n).fill(n + 1), type, n * 0.1, 0.1), VIDEO);
    await sound.add(new EncodedPacket(new Uint8Array(30 + n).fill(n + 101), 'key', n * 0.1, 0.1), SOUND);
  }
  await output.finalize();
  return Buffer.from(target.buffer as ArrayBuffer);
}

/** The packets of all tracks, as mediabunny reads them. */
export async function packetsOf(bytes: Uint8Array): Promise<Buffer[][]> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const tracks: Buffer[][] = [];
  for (const track of await input.getTracks()) {
    const packets: Buffer[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) packets.push(Buffer.from(packet.data));
    tracks.push(packets);
  }
  return tracks;
}
