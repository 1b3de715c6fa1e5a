export { findDatabase, type FindOptions, type LocalDatabase, NoDatabaseFound } from './find.ts';
