import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { AlphaBurned, AlphaRecycled } from '../../../../src/lib/localnet/pallets/alpha-assets/spec.ts';
import {
  distributeEmission,
  getOwnerHotkeys,
  payEpoch,
} from '../../../../src/lib/localnet/pallets/subtensor/coinbase/distribute-emission.ts';
import {
  calculateDividendDistribution,
  getParentChildDividendsDistribution,
} from '../../../../src/lib/localnet/pallets/subtensor/coinbase/dividends.ts';
import {
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AlphaDividendsPerSubnet,
  AutoStakeDestination,
  ChildKeys,
  ChildkeyTake,
  CKBurn,
  Delegates,
  LastMechansimStepBlock,
  MinerBurned,
  ParentKeys,
  RecycleOrBurn,
  RootAlphaDividendsPerSubnet,
  RootClaimable,
  StakeThreshold,
  SubnetAlphaOut,
  SubnetOwner,
  SubnetOwnerHotkey,
  TaoWeight,
  TotalHotkeyAlphaLastEpoch,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { account, addHotkey, addRoot, subtensorEvents, TAO } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER, OWNER_HOTKEY, subnetState } from '../../../helpers/subnet-state.ts';

/** Source of all: pallets/subtensor/src/coinbase/run_coinbase.rs. Expected numbers are worked out by hand. */

const ONE = 1n << 32n;
const U64_MAX = (1n << 64n) - 1n;
const HALF_U64 = 1n << 63n;
const [alice, bob, carol] = [account(1), account(2), account(3)] as const;
const [hot, hot2, hot3] = [account(11), account(12), account(13)] as const;

const noDues = { incentives: [], alpha: [], root: [] } as const;
const emission = { netuid: NETUID, server: 0n, validator: 0n, root: 0n, ownerCut: 0n } as const;
const stakeOf = (x: Ext, hotkey: string, coldkey: string): bigint =>
  getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, NETUID);
const stake = (x: Ext, hotkey: string, coldkey: string, amount: bigint, netuid = NETUID): void =>
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, amount);

function withNeurons(): Ext {
  const x = subnetState(1000);
  addRoot(x);
  addNeuron(x, alice, hot);
  addNeuron(x, bob, hot2);
  return x;
}

describe('the owner’s cut (:637)', () => {
  it('is staked for the owner, and goes nowhere where owner or owner hotkey is missing', () => {
    const x = withNeurons();
    payEpoch(x, { ...emission, ownerCut: 7n * TAO }, noDues);
    expect(stakeOf(x, OWNER_HOTKEY, OWNER)).toBe(7n * TAO);
    SubnetOwnerHotkey.remove(x, NETUID);
    payEpoch(x, { ...emission, ownerCut: 7n * TAO }, noDues);
    expect(stakeOf(x, OWNER_HOTKEY, OWNER)).toBe(7n * TAO);
    SubnetOwnerHotkey.insert(x, NETUID, OWNER_HOTKEY);
    SubnetOwner.remove(x, NETUID);
    payEpoch(x, { ...emission, ownerCut: 7n * TAO }, noDues);
    expect(stakeOf(x, OWNER_HOTKEY, OWNER)).toBe(7n * TAO);
  });
});

describe('incentives (:671)', () => {
  const pay = (x: Ext, incentives: readonly (readonly [string, bigint])[]) =>
    payEpoch(x, emission, { ...noDues, incentives });

  it('are staked on the miner’s own hotkey for its owner', () => {
    const x = withNeurons();
    pay(x, [[hot, 5n * TAO]]);
    expect(stakeOf(x, hot, alice)).toBe(5n * TAO);
    expect(subtensorEvents(x)).toEqual([]);
    expect(MinerBurned.tryGet(x, NETUID)).toBe(0n);
  });

  it('are staked where the miner’s owner wants them, with an event even of nothing', () => {
    const x = withNeurons();
    AutoStakeDestination.insert(x, alice, NETUID, hot2);
    pay(x, [
      [hot, 5n * TAO],
      [hot2, 0n],
    ]);
    expect([stakeOf(x, hot2, alice), stakeOf(x, hot, alice)]).toEqual([5n * TAO, 0n]);
    AutoStakeDestination.insert(x, bob, NETUID, hot);
    pay(x, [[hot2, 0n]]);
    const added = (destination: string, hotkey: string, owner: string, incentive: bigint) => ({
      type: 'AutoStakeAdded',
      value: { netuid: NETUID, destination, hotkey, owner, incentive },
    });
    expect(subtensorEvents(x)).toEqual([added(hot2, hot, alice, 5n * TAO), added(hot, hot2, bob, 0n)]);
  });

  it('of the owner’s hotkeys are burnt unless the subnet recycles them, and recorded as withheld', () => {
    const x = withNeurons();
    addNeuron(x, OWNER, hot3);
    const out = SubnetAlphaOut.get(x, NETUID);
    const incentives = [
      [OWNER_HOTKEY, 1n * TAO],
      [hot, 5n * TAO],
      [hot3, 2n * TAO],
    ] as const;
    pay(x, incentives);
    expect([stakeOf(x, OWNER_HOTKEY, OWNER), stakeOf(x, hot3, OWNER), stakeOf(x, hot, alice)]).toEqual([
      0n,
      0n,
      5n * TAO,
    ]);
    expect([AlphaBurned.get(x, NETUID), AlphaRecycled.get(x, NETUID)]).toEqual([3n * TAO, 0n]);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(out);
    expect(MinerBurned.get(x, NETUID)).toBe((3n * ONE) / 8n);
    RecycleOrBurn.insert(x, NETUID, 'Burn');
    pay(x, incentives);
    expect([AlphaBurned.get(x, NETUID), AlphaRecycled.get(x, NETUID)]).toEqual([6n * TAO, 0n]);
    RecycleOrBurn.insert(x, NETUID, 'Recycle');
    pay(x, incentives);
    expect([AlphaBurned.get(x, NETUID), AlphaRecycled.get(x, NETUID)]).toEqual([6n * TAO, 3n * TAO]);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(out - 3n * TAO);
    expect(MinerBurned.get(x, NETUID)).toBe((3n * ONE) / 8n);
  });

  it('count as the owner’s: its registered hotkeys, the latest first, and the owner hotkey whoever has it (:604)', () => {
    const x = withNeurons();
    addHotkey(x, OWNER, account(44));
    addNeuron(x, OWNER, hot3);
    expect(getOwnerHotkeys(x, NETUID, OWNER)).toEqual([OWNER_HOTKEY, hot3]);
    SubnetOwnerHotkey.insert(x, NETUID, hot);
    expect(getOwnerHotkeys(x, NETUID, OWNER)).toEqual([hot, OWNER_HOTKEY, hot3]);
    SubnetOwnerHotkey.insert(x, NETUID, account(44));
    expect(getOwnerHotkeys(x, NETUID, OWNER)).toEqual([OWNER_HOTKEY, hot3]);
  });
});

describe('dividends (:735)', () => {
  it('go to the owner by take and to all stakers by stake, and replace the last epoch’s numbers', () => {
    const x = withNeurons();
    stake(x, hot, alice, 100n * TAO);
    stake(x, hot, carol, 300n * TAO);
    Delegates.insert(x, hot, 13_107);
    AlphaDividendsPerSubnet.insert(x, NETUID, hot2, 9n);
    payEpoch(x, emission, { ...noDues, alpha: [[hot, 10n * TAO * ONE]] });
    // A fifth is the take (13107 of 65535, rounded down in 2^-32), a quarter of the rest is Alice's too.
    const take = (((13_107n * ONE) / 65_535n) * 10n * TAO) / ONE;
    const paid = 10n * TAO - take;
    expect(AlphaDividendsPerSubnet.tryGet(x, NETUID, hot)).toBeGreaterThanOrEqual(paid - 1n);
    const divided = AlphaDividendsPerSubnet.get(x, NETUID, hot);
    expect(paid - divided <= 1n).toBe(true);
    expect(TotalHotkeyAlphaLastEpoch.get(x, hot, NETUID)).toBe(400n * TAO + take + divided);
    const carols = stakeOf(x, hot, carol) - 300n * TAO;
    // Alice's take was staked before the rest was shared.
    const expected = (divided * 300n * TAO) / (400n * TAO + take);
    expect(carols - expected <= 1n && expected - carols <= 1n).toBe(true);
    expect(AlphaDividendsPerSubnet.containsKey(x, NETUID, hot2)).toBe(false);
  });

  it('of root are put aside per TAO staked on root; more alpha than TAO goes to the hotkey’s owner (claim_root.rs:77)', () => {
    const x = withNeurons();
    Delegates.insert(x, hot, 0);
    Delegates.insert(x, hot2, 0);
    stake(x, hot, carol, 100n * TAO, 0);
    stake(x, hot2, carol, 1n * TAO, 0);
    RootAlphaDividendsPerSubnet.insert(x, NETUID, hot3, 9n);
    payEpoch(x, emission, {
      ...noDues,
      root: [
        [hot, 10n * TAO * ONE],
        [hot2, (1n * TAO + 1n) * ONE],
      ],
    });
    expect(RootClaimable.get(x, hot)).toEqual([[NETUID, ONE / 10n]]);
    expect(RootClaimable.containsKey(x, hot2)).toBe(false);
    expect(stakeOf(x, hot2, bob)).toBe(TAO + 1n);
    expect([RootAlphaDividendsPerSubnet.get(x, NETUID, hot), RootAlphaDividendsPerSubnet.get(x, NETUID, hot2)]).toEqual(
      [10n * TAO, TAO + 1n],
    );
    expect(RootAlphaDividendsPerSubnet.containsKey(x, NETUID, hot3)).toBe(false);
  });

  it('are divided by alpha and weighted TAO of each hotkey (:501)', () => {
    const stakes = new Map([
      [hot, { alpha: 100n, root: 300n }],
      [hot2, { alpha: 0n, root: 0n }],
      [hot3, { alpha: 50n, root: 0n }],
    ]);
    const dividends = [
      [hot, 40n * ONE],
      [hot2, 20n * ONE],
      [hot3, 10n * ONE],
    ] as const;
    // TAO at a third: half of hot's 40 are root's, all of the others are alpha's.
    const third = ONE / 3n;
    const { alpha, root } = calculateDividendDistribution(500n, 200n, third, stakes, dividends);
    expect(alpha.map(([, amount]) => Math.round(Number(amount) / 2 ** 32))).toEqual([200, 200, 100]);
    expect(root.map(([, amount]) => Math.round(Number(amount) / 2 ** 32))).toEqual([200, 0, 0]);
    const none = calculateDividendDistribution(500n, 200n, third, stakes, [[hot, 0n]]);
    expect(none).toEqual({ alpha: [[hot, 0n]], root: [[hot, 0n]] });
  });
});

describe('parents and children (:944)', () => {
  /** hot gives half of its stake to hot2, which has as much of its own. */
  function withParent(): Ext {
    const x = withNeurons();
    stake(x, hot, alice, 200n * TAO);
    stake(x, hot2, bob, 100n * TAO);
    ChildKeys.insert(x, hot, NETUID, [[HALF_U64, hot2]]);
    ParentKeys.insert(x, hot2, NETUID, [[HALF_U64, hot]]);
    ChildkeyTake.insert(x, hot2, NETUID, 6_554);
    return x;
  }
  const split = (x: Ext, dividends: bigint) => getParentChildDividendsDistribution(x, hot2, NETUID, dividends);

  it('a parent gets its part less the child’s take, the child the rest', () => {
    const x = withParent();
    const parts = split(x, 1000n * TAO);
    expect(parts.map(([hotkey]) => hotkey)).toEqual([hot, hot2]);
    const [parent, child] = parts.map(([, amount]) => amount) as [bigint, bigint];
    // Half of the dividends are the parent's, a tenth of that (6554 of 65535) is the take.
    expect(Math.abs(Number(parent) - 500e9 * (1 - 6554 / 65535))).toBeLessThan(1e3);
    expect(1000n * TAO - parent - child).toBeLessThanOrEqual(1n);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(1000n * TAO);
  });

  it('a part of another owner’s is recycled where the chain says so', () => {
    const x = withParent();
    CKBurn.put(x, U64_MAX / 4n);
    const [parent, child] = split(x, 1000n * TAO).map(([, amount]) => amount) as [bigint, bigint];
    const recycled = AlphaRecycled.get(x, NETUID);
    expect(Math.abs(Number(recycled) - 125e9)).toBeLessThan(1e3);
    expect(Math.abs(Number(parent) - 500e9 * (0.75 - 6554 / 65535))).toBeLessThan(1e3);
    expect(1000n * TAO - parent - child - recycled <= 2n).toBe(true);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(1000n * TAO - recycled);
  });

  it('a parent of the same owner pays neither', () => {
    const x = withParent();
    addNeuron(x, alice, hot3);
    ParentKeys.insert(x, hot3, NETUID, [[HALF_U64, hot]]);
    ChildkeyTake.insert(x, hot3, NETUID, 6_554);
    CKBurn.put(x, U64_MAX / 4n);
    const parts = getParentChildDividendsDistribution(x, hot3, NETUID, 1000n * TAO);
    expect(parts[0]![1]).toBeGreaterThan(999n * TAO);
    expect(AlphaRecycled.containsKey(x, NETUID)).toBe(false);
  });

  it('root stake counts by its weight, and what a hotkey gives away is not its own', () => {
    const x = withParent();
    TaoWeight.put(x, U64_MAX / 2n);
    // The child's own: 100 alpha, all of it given away again. The parent's: 100 alpha and half of half of 400 TAO.
    ChildKeys.insert(x, hot2, NETUID, [[U64_MAX, hot3]]);
    stake(x, hot, carol, 400n * TAO, 0);
    ChildkeyTake.insert(x, hot2, NETUID, 0);
    const [parent, child] = split(x, 1000n * TAO).map(([, amount]) => amount) as [bigint, bigint];
    expect(1000n * TAO - parent).toBeLessThan(1000n);
    expect(parent + child).toBeLessThanOrEqual(1000n * TAO);
  });

  it('without any stake the child keeps everything', () => {
    const x = withNeurons();
    ParentKeys.insert(x, hot2, NETUID, [[HALF_U64, hot]]);
    expect(split(x, 1000n)).toEqual([
      [hot, 0n],
      [hot2, 1000n],
    ]);
  });
});

describe('an epoch without any incentive (:862)', () => {
  it('pays the miners’ half to validators as well', () => {
    const x = withNeurons();
    StakeThreshold.put(x, 0n);
    Delegates.insert(x, hot, 0);
    stake(x, hot, alice, 100n * TAO);
    distributeEmission(x, [{ ...emission, server: 10n * TAO, validator: 9n * TAO, ownerCut: 0n }]);
    // One share of 19 TAO, rounded down in 2^-32 twice.
    expect(119n * TAO - stakeOf(x, hot, alice)).toBeLessThan(20n);
    expect(LastMechansimStepBlock.get(x, NETUID)).toBe(1000n);
  });
});
