export { type FindOptions, findDatabase, type LocalDatabase, NoDatabaseFound } from './find.ts';
