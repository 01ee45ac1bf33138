/** A process that takes a data directory, says what came of it, and holds it until it is told or killed. */
import { acquire } from '../../../src/lib/localnet/node/store/lock.ts';

const [directory, waitMs] = process.argv.slice(2);
const result = await acquire(directory!, { waitMs: Number(waitMs ?? 5000) });
if ('attachedTo' in result) process.stdout.write(`attached ${result.attachedTo.pid}\n`);
else {
  const keepAlive = setInterval(() => undefined, 1000);
  result.onConnection((socket) => socket.end(`owner ${process.pid}\n`));
  process.stdout.write(`owned ${process.pid}\n`);
  process.stdin.once('data', async () => {
    await result.release();
    process.stdout.write('released\n');
    clearInterval(keepAlive);
    process.stdin.destroy();
  });
}
