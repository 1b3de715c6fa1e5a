// Stands in for mongod: writes its arguments down and relays its port to a database that is there already.
import { writeFileSync } from 'node:fs';
import net from 'node:net';

const [note, target, ...args] = process.argv.slice(2);
writeFileSync(note, JSON.stringify({ pid: process.pid, args }));
const port = Number(args[args.indexOf('--port') + 1]);
const address = args[args.indexOf('--bind_ip') + 1];
net
  .createServer((from) => {
    const to = net.connect(Number(target), '127.0.0.1');
    from.pipe(to).pipe(from);
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
  })
  .listen(port, address);
