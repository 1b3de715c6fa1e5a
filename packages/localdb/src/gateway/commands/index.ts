import type { Call, Reply } from '../call.ts';
import * as collections from './collections.ts';
import * as diagnostics from './diagnostics.ts';
import { explain } from './explain.ts';
import { hello } from './hello.ts';
import { createIndexes, dropIndexes } from './indexes.ts';
import * as reads from './reads.ts';
import * as sessions from './sessions.ts';
import { findAndModify, write } from './writes.ts';

/** Carries out one command. */
export type Handler = (call: Call) => Promise<Reply> | Reply;

/** Every command that the gateway knows, by name. */
export const COMMANDS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', diagnostics.ping],
  ['buildInfo', diagnostics.buildInfo],
  ['buildinfo', diagnostics.buildInfo],
  ['hostInfo', diagnostics.hostInfo],
  ['serverStatus', diagnostics.serverStatus],
  ['connectionStatus', diagnostics.connectionStatus],
  ['whatsmyuri', diagnostics.whatsMyUri],
  ['getLog', diagnostics.getLog],
  ['getParameter', diagnostics.getParameter],
  ['getCmdLineOpts', diagnostics.getCommandLine],
  ['listCommands', () => diagnostics.listCommands([...COMMANDS.keys()])],
  ['replSetGetStatus', diagnostics.replicaSetStatus],
  ['currentOp', diagnostics.currentOperations],
  ['saslStart', diagnostics.noAuthentication],
  ['authenticate', diagnostics.noAuthentication],
  ['logout', diagnostics.ping],
  ['find', reads.find],
  ['aggregate', reads.aggregate],
  ['getMore', reads.getMore],
  ['killCursors', reads.killCursors],
  ['count', reads.count],
  ['distinct', reads.distinct],
  ['explain', explain],
  ['insert', write],
  ['update', write],
  ['delete', write],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['createIndexes', createIndexes],
  ['dropIndexes', dropIndexes],
  ['deleteIndexes', dropIndexes],
  ['listIndexes', reads.listIndexes],
  ['listCollections', reads.listCollections],
  ['listDatabases', collections.listDatabases],
  ['create', collections.create],
  ['drop', collections.drop],
  ['dropDatabase', collections.dropDatabase],
  ['renameCollection', collections.rename],
  ['collMod', collections.modify],
  ['collStats', collections.collectionStatistics],
  ['collstats', collections.collectionStatistics],
  ['dbStats', collections.databaseStatistics],
  ['dbstats', collections.databaseStatistics],
  ['validate', collections.validate],
  ['startSession', sessions.startSession],
  ['endSessions', sessions.endSessions],
  ['killSessions', sessions.endSessions],
  ['refreshSessions', sessions.refreshSessions],
  ['commitTransaction', sessions.commitTransaction],
  ['abortTransaction', sessions.abortTransaction],
]);
