import { expandMetadata, Metadata, TypeRegistry } from '@polkadot/types';
import { encodeAddress } from '@polkadot/util-crypto';
import { describe, expect, it } from 'vitest';
import { createCodecs } from '../../src/lib/chain/codecs.ts';
import { createSubtensorRuntime } from '../../src/lib/localnet/runtime/pallets.ts';
import { toHex } from '../../src/lib/localnet/scale/bytes.ts';

const never = () => {
  throw new Error('metadata needs no node');
};
const runtime = createSubtensorRuntime({ fast: false }, { rootOf: never, verifySignature: never });

const ALICE = 'd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d';
const BOB = '8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48';
const alice = encodeAddress(`0x${ALICE}`, 42);
const bob = encodeAddress(`0x${BOB}`, 42);

/** Extensions that @polkadot/api does not know; they put nothing into an extrinsic. */
const CHAIN_ONLY = [
  'SudoTransactionExtension',
  'CheckShieldedTxValidity',
  'SubtensorTransactionExtension',
  'DrandPriority',
];

/** A call as our runtime, polkadot-api and @polkadot/api each take it. */
interface SampleCall {
  readonly pallet: string;
  readonly call: string;
  readonly ours: unknown;
  readonly papi: Readonly<Record<string, unknown>>;
  readonly pjs: readonly unknown[];
}

const same = (pallet: string, call: string, args: Readonly<Record<string, unknown>>): SampleCall => {
  const toOurs = (value: unknown): unknown => (value === alice ? ALICE : value === bob ? BOB : value);
  const ours = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, toOurs(value)]));
  return { pallet, call, ours, papi: args, pjs: Object.values(args) };
};

const remark = new Uint8Array([1, 2, 3]);
const calls: readonly SampleCall[] = [
  same('SubtensorModule', 'add_stake', { hotkey: bob, netuid: 5, amount_staked: 10_000_000_000n }),
  same('SubtensorModule', 'remove_stake_limit', {
    hotkey: bob,
    netuid: 5,
    amount_unstaked: 3n,
    limit_price: 2n ** 40n,
    allow_partial: true,
  }),
  same('SubtensorModule', 'set_weights', { netuid: 1, dests: [0, 7, 300], weights: [1, 2, 65535], version_key: 9n }),
  same('SubtensorModule', 'serve_axon', {
    netuid: 1,
    version: 7,
    ip: 16_843_009n,
    port: 8091,
    ip_type: 4,
    protocol: 4,
    placeholder1: 0,
    placeholder2: 0,
  }),
  same('AdminUtils', 'sudo_set_tempo', { netuid: 3, tempo: 99 }),
  {
    pallet: 'Balances',
    call: 'transfer_keep_alive',
    ours: { dest: { type: 'Id', value: BOB }, value: 2n ** 60n },
    papi: { dest: { type: 'Id', value: bob }, value: 2n ** 60n },
    pjs: [bob, 2n ** 60n],
  },
  {
    pallet: 'System',
    call: 'remark',
    ours: { remark },
    papi: { remark },
    pjs: ['0x010203'],
  },
  {
    pallet: 'Utility',
    call: 'batch_all',
    ours: { calls: [{ type: 'System', value: { type: 'remark', value: { remark } } }] },
    papi: { calls: [{ type: 'System', value: { type: 'remark', value: { remark } } }] },
    pjs: [['0x00000c010203']],
  },
];

/** Item, keys for both clients, and our own key. */
const items: readonly (readonly [pallet: string, item: string, keys: readonly unknown[], ours: readonly unknown[]])[] =
  [
    ['System', 'Account', [alice], [ALICE]],
    ['System', 'Number', [], []],
    ['SubtensorModule', 'SubnetTAO', [5], [5]],
    ['SubtensorModule', 'Keys', [5, 300], [5, 300]],
    ['SubtensorModule', 'AlphaV2', [bob, alice, 5], [BOB, ALICE, 5]],
    ['SubtensorModule', 'Yuma3On', [1], [1]],
    ['SubtensorModule', 'WeightCommits', [4097, bob], [4097, BOB]],
    ['Swap', 'SwapBalancer', [2], [2]],
  ];

const encodedByUs = ({ pallet, call, ours }: SampleCall): string =>
  `0x${toHex(runtime.encodeCall({ type: pallet, value: { type: call, value: ours } }))}`;

function keyByUs(pallet: string, item: string, keys: readonly unknown[]): string {
  const declared = runtime.pallets.find(({ name }) => name === pallet)!.storage!.find(({ name }) => name === item)!;
  if (keys.length === 0) return `0x${declared.prefix}`;
  const map = declared as unknown as { storageKey(...of: unknown[]): string };
  return `0x${keys.length > 2 ? map.storageKey(keys) : map.storageKey(...keys)}`;
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

describe.each([14, 15, 16])('clients that load our metadata v%i', (version) => {
  const blob = runtime.metadata(version)!;
  const papi = createCodecs(blob);
  const registry = new TypeRegistry();
  const metadata = new Metadata(registry, blob);
  const none = { extrinsic: {}, payload: {} };
  const extensions = runtime.extensions.map(({ identifier }) => identifier);
  registry.setMetadata(metadata, extensions, Object.fromEntries(CHAIN_ONLY.map((name) => [name, none])));
  const pjs = expandMetadata(registry, metadata);
  const section = (pallet: string): string => pallet[0]!.toLowerCase() + pallet.slice(1);

  it.each(calls)('encode $call as we do', (sample) => {
    const expected = encodedByUs(sample);
    expect(`0x${toHex(papi.encodeCall(sample.pallet, sample.call, sample.papi))}`).toBe(expected);
    expect(pjs.tx[section(sample.pallet)]![camel(sample.call)]!(...sample.pjs).toHex()).toBe(expected);
  });

  it.each(calls)('decode $call', (sample) => {
    const encoded = encodedByUs(sample);
    const decoded = papi.call(encoded);
    expect([decoded.type, decoded.value.type]).toEqual([sample.pallet, sample.call]);
    const call = registry.createType('Call', encoded);
    expect([call.section, call.method]).toEqual([section(sample.pallet), camel(sample.call)]);
  });

  it.each(items)('derive the storage key of %s.%s as we do', (pallet, item, keys, ours) => {
    const expected = keyByUs(pallet, item, ours);
    expect(papi.storageKey(pallet, item, keys)).toBe(expected);
    const entry = pjs.query[section(pallet)]![item[0]!.toLowerCase() + item.slice(1)]!;
    // A length stands before the key.
    expect(registry.createType('Bytes', entry(...keys)).toHex()).toBe(expected);
  });

  it('name the same pallets, and read the same constants', () => {
    expect(papi.constant('System', 'SS58Prefix')).toBe(42);
    expect(pjs.consts.system!.ss58Prefix!.toString()).toBe('42');
    expect(papi.constant('Aura', 'SlotDuration')).toBe(12_000n);
    expect(pjs.consts.aura!.slotDuration!.toString()).toBe('12000');
    const version = papi.constant('System', 'Version') as { spec_name: string; apis: unknown[] };
    expect([version.spec_name, version.apis.length]).toEqual(['node-subtensor', 24]);
    expect(metadata.asLatest.pallets.map(({ name }) => name.toString())).toEqual(
      runtime.pallets.map(({ name }) => name),
    );
  });
});
