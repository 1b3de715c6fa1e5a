// A program that finds a database and is then killed: it tells where the database is and waits.
import { findDatabase } from '../../../packages/localdb/src/index.ts';

const { uri } = await findDatabase({ kinds: ['documentdb'] });
process.stdout.write(`${uri}\n`);
setInterval(() => {}, 1000);
