// Loaded into the program by the canary test: leaks what it is told to, so that the test can be seen to fail.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { CANARY_LEAK: where, CANARY_FILE: file, CANARY_WIRE: wire, HOME: home } = process.env;
const secret = where ? fs.readFileSync(file, 'utf8').trim() : '';

const leaks = {
  stdout: () => process.stdout.write(JSON.stringify(secret.split(' '))),
  stderr: () => process.stderr.write(secret.replaceAll(' ', ' \u001b[1m')),
  file: () => {
    fs.mkdirSync(join(home, '.cache'), { recursive: true });
    fs.writeFileSync(join(home, '.cache', 'log'), Buffer.from(secret).toString('base64'));
  },
  argv: () => spawnSync('sleep', ['0.3', ...secret.split(' ').map(() => '0')], { argv0: `sleep ${secret}`, env: {} }),
  environment: () => spawnSync('sleep', ['0.3'], { env: { LEAK: Buffer.from(secret).toString('hex') } }),
  title: () => {
    process.title = secret;
    spawnSync('sleep', ['0.2'], { env: {} });
  },
  rpc: async () => {
    const { WebSocket } = createRequire(join(process.cwd(), 'package.json'))('ws');
    const socket = new WebSocket(wire);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ id: 1, method: secret }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.close();
  },
  // Not a leak but a temptation: an unforeseen error that quotes the secret, which the report must not repeat.
  bug: () => {
    crypto.randomBytes = () => {
      const error = new Error(`unforeseen: ${secret}`);
      error.key = Buffer.alloc(64, 7).toString('hex');
      throw error;
    };
    createRequire(import.meta.url)('node:module').syncBuiltinESMExports();
  },
};

await leaks[where]?.();
