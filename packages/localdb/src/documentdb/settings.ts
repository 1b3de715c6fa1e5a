/** The server settings that matter here, as the text of a postgresql.conf; see the README of this package. */
export const SERVER_SETTINGS: string = `
# No TCP port: only the gateway speaks to this server, through a socket in a private folder.
listen_addresses = ''
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb_extended_rum,pg_documentdb'
cron.database_name = 'postgres'
# pg_cron would otherwise connect over TCP.
cron.use_background_workers = on
max_worker_processes = 16
max_connections = 160
timezone = 'UTC'
log_timezone = 'UTC'
jit = off
# The planner below needs statistics soon after a bulk load.
autovacuum_naptime = 5s
documentdb_core.enableCollation = on
documentdb.enableCompositeIndexPlanner = on
# This kind of index can be read in its order, so that a sort with a limit need not read everything.
documentdb.alternate_index_handler_name = 'extended_rum'
documentdb.maxWriteBatchSize = 100000
# Sorted cursors live in files, so that none of them holds a connection; ten minutes, as in MongoDB.
documentdb.useFileBasedPersistedCursors = on
documentdb.defaultCursorExpiryTimeLimitSeconds = 600
documentdb.maxCursorFileCount = 0
# A deadlock is raised, so that the gateway can run the statement again.
documentdb.throwDeadlockOnCRUD = on
# A concurrent build would wait for every open transaction of the server.
documentdb.force_index_builds_blocking = on
`;

/** Leaves it to the operating system when what was written gets onto the disk: for data that is thrown away soon. */
export const NOT_FORCED: Record<string, string> = { fsync: 'off', full_page_writes: 'off' };

/** The superuser of the local cluster: reachable through the private socket only. */
export const DATABASE_USER = 'kept';

/** The beginning of the name of the folders that sockets are in. */
export const SOCKET_FOLDER = 'kept-socket-';
