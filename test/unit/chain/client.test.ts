import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TypeRegistry } from '@polkadot/types';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChainClient } from '../../../src/lib/chain/client.ts';
import type { Connection } from '../../../src/lib/chain/connection.ts';
import { connectLocal } from '../../../src/lib/chain/local.ts';
import { eraBirth, planCall, signPlanned } from '../../../src/lib/domain/transaction.ts';
import { makeKeyPair, softwareSigner, utf8Bytes } from '../../helpers/keys.ts';

let folder: string;
let connection: Connection;
let client: ChainClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-'));
  connection = await connectLocal({ dataFolder: join(folder, 'localnet'), timeout: 10_000, preset: 'subtensor' });
  client = await ChainClient.open({
    network: 'local',
    connect: async () => connection,
    cacheFolder: join(folder, 'cache'),
  });
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const transfer = {
  pallet: 'Balances',
  name: 'transfer_keep_alive',
  args: { dest: { type: 'Id', value: BOB }, value: 1_000_000_000n },
};

test('another chain behind a pinned name is refused and the connection closed', async () => {
  let closed = false;
  const fake: Connection = {
    ...connection,
    endpoint: 'ws://elsewhere',
    request: (...args) => connection.request(...args),
    subscribe: connection.subscribe,
    close: async () => {
      closed = true;
    },
  };
  const open = ChainClient.open({
    network: 'finney',
    connect: async () => fake,
    pinnedGenesis: `0x${'11'.repeat(32)}`,
  });
  await expect(open).rejects.toMatchObject({
    code: 'WRONG_GENESIS',
    exit: 10,
    data: { network: 'finney', found: client.genesisHash },
  });
  expect(closed).toBe(true);
});

test('metadata is kept without doc strings, and a broken cache is mended', async () => {
  const name = readdirSync(join(folder, 'cache')).find((file) => file.endsWith('.scale'));
  expect(name).toBe(`${client.genesisHash.slice(2)}-${client.runtime.specVersion}.scale`);
  const file = join(folder, 'cache', name!);
  const good = readFileSync(file);
  writeFileSync(file, 'garbage');
  const again = await ChainClient.open({
    network: 'local',
    connect: async () => ({
      ...connection,
      request: (...args) => connection.request(...args),
      subscribe: connection.subscribe,
      close: async () => {},
    }),
    cacheFolder: join(folder, 'cache'),
  });
  expect(Buffer.compare(Buffer.from(again.metadataBytes), good)).toBe(0);
  expect(Buffer.compare(readFileSync(file), good)).toBe(0);
});

describe('two independent stacks agree', () => {
  test('on the fee: what is planned is what an extrinsic of that length costs', async () => {
    const reader = await client.reader();
    const plan = await planCall(client, reader, transfer, { signer: ALICE, period: 64 });
    const pair = await makeKeyPair({ kind: 'uri', uri: utf8Bytes('//Alice') });
    const signed = await signPlanned(client, plan, softwareSigner(pair));
    const info = await connection.request<{ partialFee: string }>('payment_queryInfo', [signed.hex]);
    expect(BigInt(info.partialFee)).toBe(plan.fee);
  });

  test('on the bytes of a call', async () => {
    const { Metadata } = await import('@polkadot/types');
    const registry = new TypeRegistry();
    registry.setMetadata(new Metadata(registry, client.metadataBytes));
    const ours = client.codecs.encodeCall('SubtensorModule', 'add_stake_limit', {
      hotkey: BOB,
      netuid: 5,
      amount_staked: 7n,
      limit_price: 9n,
      allow_partial: true,
    });
    const theirs = registry.createType('Call', ours);
    expect(theirs.toHuman()).toEqual({
      section: 'subtensorModule',
      method: 'addStakeLimit',
      args: { hotkey: BOB, netuid: '5', amount_staked: '7', limit_price: '9', allow_partial: true },
    });
    expect(Buffer.from(theirs.toU8a())).toEqual(Buffer.from(ours));
  });

  test('on where a mortal era begins', () => {
    const registry = new TypeRegistry();
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 16 }), fc.integer({ min: 0, max: 10_000_000 }), (bits, current) => {
        const period = 2 ** bits;
        // Through its encoding: before that @polkadot keeps a phase that is not quantised.
        const { asMortalEra: era } = registry.createType(
          'ExtrinsicEra',
          registry.createType('ExtrinsicEra', { current, period }).toU8a(),
        );
        expect(eraBirth(period, current)).toBe(era.birth(current));
      }),
    );
  });
});
