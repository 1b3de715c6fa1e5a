export { createVideoHost, supportAddress, type VideoHostOptions } from './app.ts';
export { embedKept, type Surroundings } from './embed.ts';
export type { Promises, Transport } from './host.ts';
export type { Media } from './media/media.ts';
export { type Models, modelsOn } from './models/models.ts';
export { type Story, seedStory } from './seed.ts';
export { startVideoHost, type VideoHostServer, type VideoHostServerOptions } from './server.ts';
export { StoryBroken } from './story/expect.ts';
export { type StoryOptions, type StoryTold, tellStory } from './story/tellStory.ts';
