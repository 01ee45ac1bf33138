// A process of the kill -9 test: sends transfers without pause to whoever has the chain open, itself included, and prints
// what it is told: `connected NAME` and `lost` for connections, `in EXTRINSIC BLOCK` for inclusion.
import { setTimeout as sleep } from 'node:timers/promises';
import { sr25519KeypairFromSeed, sr25519Sign, waitReady } from '@polkadot/wasm-crypto';
import type { Connection } from '../../src/lib/chain/connection.ts';
import { connectLocal } from '../../src/lib/chain/local.ts';
import { blake2_256 } from '../../src/lib/localnet/frame/hashing.ts';
import { concatBytes, fromHex, toHex } from '../../src/lib/localnet/scale/bytes.ts';
import { Writer } from '../../src/lib/localnet/scale/io.ts';

const [dataFolder, seed] = process.argv.slice(2) as [string, string];
const IN_FLIGHT = 3;
const say = (line: string) => process.stdout.write(`${line}\n`);

await waitReady();
const keys = sr25519KeypairFromSeed(fromHex(seed));
const [secret, account] = [keys.slice(0, 64), keys.slice(64)];

function compact(value: number): Uint8Array {
  const out = new Writer(8);
  out.compact(value);
  return out.finish();
}

/** Balances.transfer_keep_alive of 0.001 TAO to an account that the nonce names, signed. */
function transfer(nonce: number, genesisHash: Uint8Array): Uint8Array {
  const destination = new Uint8Array(32).fill(7);
  new DataView(destination.buffer).setUint32(0, nonce % 50);
  const call = concatBytes(fromHex('050300'), destination, compact(1_000_000));
  const extra = concatBytes(Uint8Array.of(0), compact(nonce), Uint8Array.of(0, 0));
  const versions = new Uint8Array(Uint32Array.of(425, 1).buffer);
  const payload = concatBytes(call, extra, versions, genesisHash, genesisHash, Uint8Array.of(0));
  const signature = sr25519Sign(account, secret, payload.length > 256 ? blake2_256(payload) : payload);
  const body = concatBytes(Uint8Array.of(0x84, 0), account, Uint8Array.of(1), signature, extra, call);
  return concatBytes(compact(body.length), body);
}

/** Submits one and waits until it is in a block. */
function submit(connection: Connection, bytes: Uint8Array): Promise<void> {
  const hash = toHex(blake2_256(bytes));
  const call = {
    method: 'author_submitAndWatchExtrinsic',
    unsubscribe: 'author_unwatchExtrinsic',
    params: [`0x${toHex(bytes)}`],
  };
  return new Promise((resolve, reject) => {
    const onItem = (item: unknown) => {
      const status = item as string | { inBlock?: string };
      if (typeof status === 'string' && status !== 'ready' && status !== 'future') reject(new Error(status));
      if (typeof status === 'object' && status.inBlock !== undefined) {
        say(`in ${hash} ${status.inBlock.slice(2)}`);
        resolve();
      }
    };
    connection.subscribe(call, onItem, reject).catch(reject);
  });
}

// What it was told, and who waits to be told: `connect` once, then `go` and `pause`.
const told = { connect: false, go: false };
let wake = () => {};
process.stdin.setEncoding('utf8').on('data', (text: string) => {
  for (const word of text.trim().split(/\s+/)) {
    if (word === 'pause') told.go = false;
    else if (word === 'connect' || word === 'go') told[word] = true;
  }
  wake();
});
// The one who started this process is gone.
process.stdin.on('end', () => process.exit());

async function until(what: keyof typeof told): Promise<void> {
  while (!told[what]) {
    await new Promise<void>((resolve) => {
      const before = wake;
      wake = () => {
        wake = () => {};
        before();
        resolve();
      };
    });
  }
}

/** Rejects when the connection ends, also while nothing is under way. */
function lost(connection: Connection): Promise<never> {
  const call = { method: 'chain_subscribeNewHeads', unsubscribe: 'chain_unsubscribeNewHeads' };
  return new Promise((_, reject) => {
    connection.subscribe(call, () => {}, reject).catch(reject);
  });
}

async function work(connection: Connection): Promise<never> {
  const genesisHash = fromHex(await connection.request<string>('chain_getBlockHash', [0]));
  let nonce = await connection.request<number>('system_accountNextIndex', [`0x${toHex(account)}`]);
  const loop = async (): Promise<never> => {
    for (;;) {
      await until('go');
      await submit(connection, transfer(nonce++, genesisHash));
    }
  };
  return Promise.race([lost(connection), ...Array.from({ length: IN_FLIGHT }, loop)]);
}

// Everything is loaded before it is needed, so that a round costs no more than what it tests.
await Promise.all([import('../../src/lib/localnet/index.ts'), import('../../src/lib/chain/ws-connection.ts')]);
say('warm');
await until('connect');
for (;;) {
  try {
    const connection = await connectLocal({ dataFolder, timeout: 20_000, preset: 'subtensor' });
    say(`connected ${connection.endpoint}`);
    await work(connection);
  } catch (error) {
    say(`lost ${(error as Error).message}`);
    await sleep(5);
  }
}
