import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { CommitmentOf, TimelockedIndex } from '../../../../src/lib/localnet/pallets/commitments/spec.ts';
import {
  Keys,
  Lock,
  LockingColdkeys,
  MechanismCountCurrent,
  NetworksAdded,
  RootClaimable,
  SubnetLeaseShares,
  SubnetTAO,
  storage,
  TotalNetworks,
  Weights,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { FeeRate, PalSwapInitialized, SwapBalancer } from '../../../../src/lib/localnet/pallets/swap/spec.ts';
import { u16, u32, u64 } from '../../../../src/lib/localnet/scale/primitives.ts';
import { type AccountId, AccountId32 } from '../../../../src/lib/localnet/scale/well-known.ts';
import { account, addRoot, emptyState, goToBlock, subtensorEvents } from '../../../helpers/stake-state.ts';
import { run } from '../../../helpers/subnet-state.ts';

/** Source: pallets/subtensor/src/coinbase/root.rs:215 `do_dissolve_network`, :243 `remove_network`. */

const NETUID = 1;
const [cold, hot] = [account(1), account(11)] as const;
/** What a subnet that is gone leaves under its netuid on the chain: nobody removes these. */
const LEFT = [
  'AdjustmentAlpha',
  'AdjustmentInterval',
  'AutoStakeDestination',
  'AutoStakeDestinationColdkeys',
  'MaxWeightsLimit',
  'MinAllowedUids',
  'MinChildkeyTakePerSubnet',
  'MinNonImmuneUids',
  'OwnerCutEnabled',
  'RecycleOrBurn',
  'RegisteredSubnetCounter',
  'RootAlphaDividendsPerSubnet',
  'RootClaimableThreshold',
  'RootProp',
  'SubnetEmissionEnabled',
  'VotingPower',
  'VotingPowerDisableAtBlock',
  'VotingPowerEmaAlpha',
  'VotingPowerTrackingEnabled',
];
/** Of these the second mechanism has its own, under the index 4096 + netuid. */
const BY_MECHANISM = [
  'Bonds',
  'CRV3WeightCommits',
  'CRV3WeightCommitsV2',
  'Incentive',
  'LastUpdate',
  'TimelockedWeightCommits',
  'WeightCommits',
  'Weights',
];

/** Storage keys of one entry in each map of the pallet that has a netuid in its key. */
function keysOf(netuid: number): Map<string, string> {
  const keys = new Map<string, string>();
  for (const { name, parts, ...item } of storage.items) {
    // Locks are found by the index of hotkeys: they have a test of their own.
    if (name === 'Lock' || !parts.some(({ type }) => type === u16)) continue;
    const numbers = [netuid, 2];
    const accounts: AccountId[] = [hot, cold];
    const values = parts.map(({ type }): unknown => {
      if (type === u16) return numbers.shift();
      if (type === AccountId32) return accounts.shift();
      if (type === u64) return 3n;
      if (type === u32) return 0;
      throw new Error(`${name} has a key of another type`);
    });
    const { storageKey } = Object.getPrototypeOf(storage.items.find((other) => other.name === name)!) as {
      storageKey(...parts: unknown[]): string;
    };
    const self = storage.items.find((other) => other.id === item.id)!;
    keys.set(name, parts.length > 2 ? storageKey.call(self, values) : storageKey.call(self, ...values));
  }
  return keys;
}

/** Root and a subnet with something in every map; all values are zeros. */
function withEverything(): Ext {
  const x = emptyState();
  goToBlock(x, 100);
  addRoot(x);
  for (const key of keysOf(NETUID).values()) x.putRaw(key, new Uint8Array(256));
  for (const [name, key] of keysOf(4096 + NETUID)) if (BY_MECHANISM.includes(name)) x.putRaw(key, new Uint8Array(256));
  NetworksAdded.insert(x, NETUID, true);
  TotalNetworks.put(x, 7);
  // Found by the hotkeys of the neurons; removed only if there is any.
  Keys.insert(x, NETUID, 2, hot);
  SubnetTAO.insert(x, NETUID, 5n);
  MechanismCountCurrent.insert(x, NETUID, 2);
  return x;
}

const dissolve = (x: Ext): void => run(x, 'root', 'root_dissolve_network', { netuid: NETUID });

describe('the end of a subnet', () => {
  it('takes everything under its netuid but what the chain leaves', () => {
    const x = withEverything();
    const before = [...keysOf(NETUID)].filter(([, key]) => x.getRaw(key) !== undefined).map(([name]) => name);
    expect(before).toHaveLength(149);
    dissolve(x);
    const left = [...keysOf(NETUID)].filter(([, key]) => x.getRaw(key) !== undefined).map(([name]) => name);
    expect(left.sort()).toEqual(LEFT);
    for (const [name, key] of keysOf(4096 + NETUID))
      if (BY_MECHANISM.includes(name)) expect(x.getRaw(key)).toBeUndefined();
    expect(TotalNetworks.get(x)).toBe(6);
    expect(subtensorEvents(x).map(({ type }) => type)).toEqual(['SubnetIdentityRemoved', 'NetworkRemoved']);
  });

  it('leaves other subnets alone', () => {
    const x = withEverything();
    const others = [...keysOf(5)].filter(([name]) => name !== 'LockingColdkeys');
    for (const [, key] of others) x.putRaw(key, new Uint8Array(256));
    dissolve(x);
    expect(others.filter(([, key]) => x.getRaw(key) === undefined)).toEqual([]);
  });

  it('takes the locks that are on it, by the index of hotkeys (lock.rs)', () => {
    const x = withEverything();
    const lock = { locked_mass: 5n, conviction: 0n, last_update: 1n };
    for (const netuid of [NETUID, 5]) {
      LockingColdkeys.insert(x, [netuid, hot, cold], undefined);
      Lock.insert(x, [cold, netuid, hot], lock);
    }
    dissolve(x);
    expect([NETUID, 5].map((netuid) => Lock.get(x, [cold, netuid, hot]))).toEqual([undefined, lock]);
    expect(LockingColdkeys.hasPrefix(x, [NETUID])).toBe(false);
  });

  it('takes what its lease has, the pool’s weights, its commitments and root’s claims', () => {
    const x = withEverything();
    SubnetLeaseShares.insert(x, 0, cold, 1n);
    for (const netuid of [NETUID, 5]) {
      SwapBalancer.insert(x, netuid, { quote: 5n });
      PalSwapInitialized.insert(x, netuid, true);
      FeeRate.insert(x, netuid, 33);
      CommitmentOf.insert(x, netuid, hot, { deposit: 0n, block: 1, info: { fields: [] } });
    }
    TimelockedIndex.put(x, [
      [NETUID, hot],
      [5, hot],
    ]);
    RootClaimable.insert(x, hot, [
      [NETUID, 1n],
      [5, 2n],
    ]);
    dissolve(x);
    expect(SubnetLeaseShares.hasPrefix(x, 0)).toBe(false);
    for (const map of [SwapBalancer, PalSwapInitialized, FeeRate]) {
      expect([NETUID, 5].map((netuid) => map.containsKey(x, netuid))).toEqual([false, true]);
    }
    expect([NETUID, 5].map((netuid) => CommitmentOf.containsKey(x, netuid, hot))).toEqual([false, true]);
    expect(TimelockedIndex.get(x)).toEqual([[5, hot]]);
    expect(RootClaimable.get(x, hot)).toEqual([[5, 2n]]);
  });

  it('puts the weights that root gave to it at 0', () => {
    const x = withEverything();
    Weights.insert(x, 0, 3, Uint16Array.of(NETUID, 7, 2, 9, NETUID, 4));
    dissolve(x);
    expect(Weights.get(x, 0, 3)).toEqual(Uint16Array.of(NETUID, 0, 2, 9, NETUID, 0));
  });
});
