import { expect, test } from 'vitest';
import type { ChainClient } from '../../../src/lib/chain/client.ts';
import type { Connection } from '../../../src/lib/chain/connection.ts';
import { connectionLost } from '../../../src/lib/chain/connection.ts';
import { submitAndWatch, type WatchOptions } from '../../../src/lib/chain/watch.ts';
import { CliError } from '../../../src/lib/errors.ts';

const EXTRINSIC = { hex: '0x2804', hash: `0x${'ab'.repeat(32)}`, payload: new Uint8Array() };
const OPTIONS: WatchOptions = { wait: 'in-block', timeout: 5000, validUntil: 20, builtAt: 10 };

interface Chain {
  /** Extrinsics by block. */
  readonly blocks: ReadonlyMap<number, readonly string[]>;
  head: number;
}

/** A client of a made-up chain whose connection behaves as `subscribe` says. */
function clientOf(
  chain: Chain,
  subscribe: Connection['subscribe'],
  reconnect: () => Promise<void> = async () => {},
): ChainClient {
  const connection: Connection = {
    endpoint: 'test',
    subscribe,
    close: async () => {},
    async request<T>(method: string, params: readonly unknown[] = []): Promise<T> {
      if (method === 'chain_getBlockHash') return `0x${Number(params[0]).toString(16).padStart(64, '0')}` as T;
      if (method === 'chain_getBlock') {
        const number = Number.parseInt(String(params[0]).slice(2), 16);
        return {
          block: { header: { number: `0x${number.toString(16)}` }, extrinsics: chain.blocks.get(number) ?? [] },
        } as T;
      }
      if (method === 'state_getStorage') return '0x' as T;
      throw new Error(`unexpected ${method}`);
    },
  };
  const events = [
    {
      phase: { type: 'ApplyExtrinsic', value: 1 },
      event: { type: 'System', value: { type: 'ExtrinsicSuccess', value: {} } },
    },
  ];
  return {
    connection,
    codecs: { storageKey: () => '0x', storageValue: () => events },
    reconnect,
    head: async () => ({ hash: '0x', number: chain.head }),
  } as unknown as ChainClient;
}

const dies: Connection['subscribe'] = async (_call, _onItem, onLost) => {
  setTimeout(() => onLost(connectionLost('test')), 5);
  return async () => {};
};

test('after a lost connection the extrinsic is found in the block that holds it', async () => {
  const client = clientOf({ head: 13, blocks: new Map([[12, ['0x00', EXTRINSIC.hex]]]) }, dies);
  const outcome = await submitAndWatch(client, EXTRINSIC, OPTIONS);
  expect(outcome).toMatchObject({ blockNumber: 12, index: 1, error: undefined });
});

test('after a lost connection it is found even when it is included later and the node comes back only then', async () => {
  const chain = { head: 11, blocks: new Map<number, readonly string[]>() };
  let tries = 0;
  const client = clientOf(chain, dies, async () => {
    tries += 1;
    if (tries < 2) throw new CliError('NETWORK_UNREACHABLE', 'still down');
    chain.head = 14;
    chain.blocks.set(14, ['0x00', EXTRINSIC.hex]);
  });
  expect(await submitAndWatch(client, EXTRINSIC, OPTIONS)).toMatchObject({ blockNumber: 14 });
  expect(tries).toBe(2);
});

test('it says that nothing happened only when the extrinsic can no longer be included', async () => {
  const client = clientOf({ head: 21, blocks: new Map() }, dies);
  await expect(submitAndWatch(client, EXTRINSIC, OPTIONS)).rejects.toMatchObject({
    code: 'CHAIN_REJECTED',
    exit: 13,
    data: { included: false },
  });
});

test('while it may still be included, it says that it does not know', async () => {
  const client = clientOf({ head: 12, blocks: new Map() }, dies);
  await expect(submitAndWatch(client, EXTRINSIC, { ...OPTIONS, timeout: 700 })).rejects.toMatchObject({
    code: 'CONNECTION_LOST',
    exit: 10,
  });
});

test.each([
  ['invalid', 'CHAIN_REJECTED'],
  ['dropped', 'CHAIN_REJECTED'],
  [{ usurped: '0x00' }, 'CHAIN_REJECTED'],
] as const)('the status %j ends the watch as %s', async (status, code) => {
  const client = clientOf({ head: 11, blocks: new Map() }, async (_call, onItem) => {
    setTimeout(() => onItem(status), 1);
    return async () => {};
  });
  await expect(submitAndWatch(client, EXTRINSIC, OPTIONS)).rejects.toMatchObject({ code, exit: 13 });
});

test("the pool's refusals are the chain's, with what to do", async () => {
  const client = clientOf({ head: 11, blocks: new Map() }, async () => {
    throw new CliError('NODE_ERROR', 'refused', {
      data: {
        rpcCode: 1010,
        rpcMessage: 'Invalid Transaction: Inability to pay some fees (e.g. account balance too low)',
      },
    });
  });
  await expect(submitAndWatch(client, EXTRINSIC, OPTIONS)).rejects.toMatchObject({
    code: 'CHAIN_REJECTED',
    hints: ['The account cannot pay the fee: fund it first.'],
  });
});

test('an interruption is reported with the hash of what was sent', async () => {
  const controller = new AbortController();
  const client = clientOf({ head: 11, blocks: new Map() }, async () => async () => {});
  setTimeout(() => controller.abort(), 5);
  await expect(submitAndWatch(client, EXTRINSIC, { ...OPTIONS, signal: controller.signal })).rejects.toMatchObject({
    code: 'INTERRUPTED',
    exit: 130,
    data: { extrinsicHash: EXTRINSIC.hash },
  });
});

test('a chain that never includes it runs into the timeout, which says that it was sent', async () => {
  const client = clientOf({ head: 11, blocks: new Map() }, async () => async () => {});
  await expect(submitAndWatch(client, EXTRINSIC, { ...OPTIONS, timeout: 50 })).rejects.toMatchObject({
    code: 'TIMEOUT',
    exit: 15,
    data: { extrinsicHash: EXTRINSIC.hash },
  });
});
