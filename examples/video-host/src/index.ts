export { createVideoHost, supportAddress, type VideoHostOptions } from './app.ts';
export type { Promises, Transport } from './host.ts';
export type { Media } from './media/media.ts';
export { type Models, modelsOn } from './models/models.ts';
export { type Story, seedStory } from './seed.ts';
