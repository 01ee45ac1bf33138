import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TypeRegistry } from '@polkadot/types';
import { metadata as metadataCodec } from '@polkadot-api/substrate-bindings';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChainClient } from '../../../src/lib/chain/client.ts';
import type { Connection } from '../../../src/lib/chain/connection.ts';
import { connectLocal } from '../../../src/lib/chain/local.ts';
import { REMOTE_NETWORKS } from '../../../src/lib/chain/networks.ts';
import {
  eraBirth,
  executePlanned,
  planCall,
  requireMetadataCheck,
  signPlanned,
} from '../../../src/lib/domain/transaction.ts';
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

/** A node that answers as the real one does, but for its metadata. */
function lying(change: (metadata: DecodedMetadata) => void): Connection {
  return {
    ...connection,
    endpoint: 'ws://liar',
    subscribe: (...args) => connection.subscribe(...args),
    close: async () => {},
    async request<T>(method: string, params: readonly unknown[] = []): Promise<T> {
      if (method !== 'state_call' || params[0] !== 'Metadata_metadata_at_version') {
        return connection.request<T>(method, [...params]);
      }
      const answer = await connection.request<string>(method, [...params]);
      const decoded = metadataCodec.dec(`0x${answer.slice(answer.indexOf('6d657461'))}`);
      change((decoded.metadata as { value: DecodedMetadata }).value);
      return `0x0100${Buffer.from(metadataCodec.enc(decoded)).toString('hex')}` as T;
    },
  };
}

interface DecodedMetadata {
  readonly lookup: { readonly path: string[]; readonly def: { tag: string; value: unknown } }[];
  readonly extrinsic: { signedExtensions: { identifier: string }[] };
}

/** Two calls with the same arguments trade places, so that each is shown as the other. */
function swapTransfers({ lookup }: DecodedMetadata): void {
  const calls = lookup.find(({ path }) => path.join('::') === 'pallet_balances::pallet::Call')!;
  const variants = calls.def.value as { name: string; index: number }[];
  const [keep, allow] = ['transfer_keep_alive', 'transfer_allow_death'].map(
    (name) => variants.find((variant) => variant.name === name)!,
  );
  [keep!.index, allow!.index] = [allow!.index, keep!.index];
}

describe('a node that lies about metadata', () => {
  const cacheFolder = () => join(folder, 'lies');
  const open = (change: (metadata: DecodedMetadata) => void, more: { pinnedGenesis?: string } = {}) =>
    ChainClient.open({
      network: 'there',
      connect: async () => lying(change),
      cacheFolder: cacheFolder(),
      ...more,
    });
  const alice = async () => softwareSigner(await makeKeyPair({ kind: 'uri', uri: utf8Bytes('//Alice') }));
  const send = async (liar: ChainClient, checksMetadata: boolean) => {
    const plan = await planCall(liar, await liar.reader(), transfer, { signer: ALICE, period: 64, checksMetadata });
    expect(plan.decoded.name).toBe('transfer_keep_alive');
    return executePlanned(liar, plan, await alice(), { wait: 'in-block', timeout: 60_000 });
  };

  test('cannot have another call signed than the preview shows, and its lie is forgotten', async () => {
    const liar = await open(swapTransfers);
    const cached = () => readdirSync(cacheFolder()).filter((name) => /^[0-9a-f]{64}-\d+\.scale$/.test(name));
    expect(cached()).toHaveLength(1);
    const head = await client.head();
    const refused = await send(liar, true).then(
      () => undefined,
      (error) => error,
    );
    expect(refused).toMatchObject({ code: 'CHAIN_REJECTED', exit: 13, data: { endpoint: 'ws://liar' } });
    expect(refused.hints.join(' ')).toMatch(/metadata[\s\S]*lied/);
    expect(await client.head()).toEqual(head);
    expect(cached()).toEqual([]);
    // The lie works where the check is turned off: it is the check that prevents it.
    const sent = await send(await open(swapTransfers), false);
    expect(sent.outcome!.error).toBeUndefined();
    const { block } = await connection.request<{ block: { extrinsics: string[] } }>('chain_getBlock', [
      sent.outcome!.blockHash,
    ]);
    const callData = client.codecs.encodeCall('Balances', 'transfer_allow_death', transfer.args);
    expect(block.extrinsics.at(-1)).toContain(Buffer.from(callData).toString('hex'));
  });

  test('cannot have the hash signed in another place than at the end', async () => {
    const head = await client.head();
    for (const place of [0, 4]) {
      rmSync(cacheFolder(), { recursive: true, force: true });
      const liar = await open(({ extrinsic }) => {
        const [check, ...rest] = extrinsic.signedExtensions.toReversed();
        extrinsic.signedExtensions = rest.toReversed().toSpliced(place, 0, check!);
      });
      await expect(send(liar, true)).rejects.toMatchObject({ code: 'METADATA_UNCHECKED', exit: 12 });
    }
    expect(await client.head()).toEqual(head);
  });

  test('cannot take the check away on a chain that is known to have it', async () => {
    const without = ({ extrinsic }: DecodedMetadata): void => {
      extrinsic.signedExtensions = extrinsic.signedExtensions.filter(
        ({ identifier }) => identifier !== 'CheckMetadataHash',
      );
    };
    rmSync(cacheFolder(), { recursive: true, force: true });
    const pinned = await open(without, { pinnedGenesis: client.genesisHash });
    expect(() => requireMetadataCheck(pinned, true)).toThrow(
      expect.objectContaining({ code: 'METADATA_UNCHECKED', exit: 12 }),
    );
    expect(requireMetadataCheck(pinned, false)).toBeUndefined();
    // The same under an address of its own: what is signed for that genesis is good on that chain.
    const { genesisHash } = REMOTE_NETWORKS.finney!;
    const liar = lying(without);
    const claims: Connection = {
      ...liar,
      request: async <T>(method: string, params: readonly unknown[] = []) =>
        method === 'chain_getBlockHash' && params[0] === 0 ? (genesisHash as T) : liar.request<T>(method, params),
    };
    const disguised = await ChainClient.open({ network: 'ws://liar', connect: async () => claims });
    expect(() => requireMetadataCheck(disguised, true)).toThrow(
      expect.objectContaining({ code: 'METADATA_UNCHECKED' }),
    );
    expect(requireMetadataCheck(await open(without), true)).toMatch(/as true as the node is honest/);
    expect(requireMetadataCheck(client, true)).toBeUndefined();
  });
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
