import { beforeEach, describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import {
  AlphaBurned,
  AlphaRecycled,
  TotalAlphaIssuance,
} from '../../../../src/lib/localnet/pallets/alpha-assets/spec.ts';
import { freeBalance, totalIssuance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { alphaFees } from '../../../../src/lib/localnet/pallets/subtensor/alpha-fees.ts';
import { BURN_ACCOUNT } from '../../../../src/lib/localnet/pallets/subtensor/coinbase/tao.ts';
import { errors } from '../../../../src/lib/localnet/pallets/subtensor/errors.ts';
import { destroyAlphaInOutStakes } from '../../../../src/lib/localnet/pallets/subtensor/staking/destroy-alpha-in-out-stakes.ts';
import {
  alphaIter,
  alphaIterPrefix,
  getTotalStakeForColdkey,
  getTotalStakeForColdkeyOnSubnet,
  getTotalStakeForHotkey,
  populateRootColdkeyStakingMapsV2,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/helpers.ts';
import { getMaxAmountMove } from '../../../../src/lib/localnet/pallets/subtensor/staking/move-stake.ts';
import {
  buyAlpha,
  sellAlpha,
  transferStakedAlpha,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/order-swap.ts';
import {
  clearSmallNominationIfRequired,
  clearSmallNominations,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/small-nominations.ts';
import {
  decreaseStakeForHotkeyAndColdkeyOnSubnet,
  decreaseStakeForHotkeyOnSubnet,
  getMedianSubnetAlphaPrice,
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  Alpha,
  AlphaV2,
  AlphaV2MapLastKey,
  Delegates,
  LastColdkeyHotkeyStakeBlock,
  NetworkRegisteredAt,
  NetworkRegistrationStartBlock,
  NominatorMinRequiredStake,
  NumStakingColdkeys,
  PendingChildKeys,
  RAORecycledForRegistration,
  StakeThreshold,
  StakingColdkeys,
  StakingHotkeys,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetLocked,
  SubnetMechanism,
  SubnetOwner,
  SubnetOwnerCut,
  SubnetTAO,
  SubnetTaoFlow,
  SubnetVolume,
  TotalHotkeyAlpha,
  TotalHotkeyShares,
  TotalHotkeySharesV2,
  TotalIssuance,
  TotalStake,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import {
  account,
  addHotkey,
  addPool,
  addRoot,
  emptyState,
  fund,
  goToBlock,
  ROOT,
  run,
  setAuthor,
  subtensorEvents,
  TAO,
} from '../../../helpers/stake-state.ts';

/** Source of all unless named: pallets/subtensor/src/staking/stake_utils.rs. */

const ONE = 1n << 64n;
const NETUID = 1;
const alice = account(1);
const bob = account(2);
const author = account(8);
const hot = account(11);
const hot2 = account(12);

let x: Ext;
const stakeOf = (coldkey: string, hotkey = hot, netuid = NETUID) =>
  getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid);
const give = (coldkey: string, amount: bigint, hotkey = hot, netuid = NETUID): void =>
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, amount);
const pool = (netuid = NETUID) => freeBalance(x, subnetAccountId(netuid));
const add = (who: string, amount_staked: bigint, netuid = NETUID) =>
  run(x, who, 'add_stake', { hotkey: hot, netuid, amount_staked });
const remove = (who: string, amount_unstaked: bigint, netuid = NETUID) =>
  run(x, who, 'remove_stake', { hotkey: hot, netuid, amount_unstaked });

beforeEach(() => {
  x = emptyState();
  addRoot(x);
  addPool(x, NETUID, 1_000n * TAO, 2_000n * TAO, 500n * TAO);
  for (const who of [alice, bob, author]) fund(x, who, 100n * TAO);
  addHotkey(x, alice, hot);
  addHotkey(x, bob, hot2);
});

describe('shares of both formats (:1340)', () => {
  const key = [hot, alice, NETUID] as const;

  it('reads the old one first, even when a new one is there', () => {
    TotalHotkeyAlpha.insert(x, hot, NETUID, 1_000n);
    TotalHotkeyShares.insert(x, hot, NETUID, 4n * ONE);
    Alpha.insert(x, [...key], ONE);
    AlphaV2.insert(x, [...key], { mantissa: 4n * 10n ** 20n, exponent: -20n });
    expect(stakeOf(alice)).toBe(250n);
    TotalHotkeySharesV2.insert(x, hot, NETUID, { mantissa: 10n ** 21n, exponent: 0n });
    expect(stakeOf(alice)).toBe(250n);
  });

  it('writes the new one and removes the old one, for the share and the sum', () => {
    TotalHotkeyAlpha.insert(x, hot, NETUID, 1_000n);
    TotalHotkeyShares.insert(x, hot, NETUID, 4n * ONE);
    Alpha.insert(x, [...key], ONE);
    give(alice, 1_000n);
    expect(Alpha.containsKey(x, [...key])).toBe(false);
    expect(TotalHotkeyShares.containsKey(x, hot, NETUID)).toBe(false);
    expect(AlphaV2.get(x, [...key])).toEqual({ mantissa: 5n * 10n ** 20n, exponent: -20n });
    expect(TotalHotkeySharesV2.get(x, hot, NETUID)).toEqual({ mantissa: 8n * 10n ** 20n, exponent: -20n });
    expect(stakeOf(alice)).toBe(1_250n);
  });

  it('iterates over both, the new one first, by account and netuid (helpers.rs:440)', () => {
    Alpha.insert(x, [hot, alice, 2], ONE);
    Alpha.insert(x, [hot, alice, 1], ONE);
    AlphaV2.insert(x, [hot, alice, 1], { mantissa: 7n * 10n ** 20n, exponent: -20n });
    Alpha.insert(x, [hot, alice, 3], 0n);
    Alpha.insert(x, [account(3), bob, 1], ONE);
    expect(alphaIterPrefix(x, hot, alice).map(([netuid, share]) => [netuid, share.mantissa])).toEqual([
      [1, 7n * 10n ** 20n],
      [2, 10n ** 21n],
    ]);
    expect(alphaIter(x).map(([hotkey, , netuid]) => [hotkey, netuid])).toEqual([
      [account(3), 1],
      [hot, 1],
      [hot, 2],
      [hot, 3],
    ]);
  });

  it('stake of zero disappears, and more than there is cannot be taken (:617)', () => {
    give(alice, 500n);
    decreaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, alice, NETUID, 501n);
    expect(stakeOf(alice)).toBe(500n);
    decreaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, alice, NETUID, 500n);
    for (const item of [AlphaV2, TotalHotkeyAlpha, TotalHotkeySharesV2]) expect(item.isEmpty(x)).toBe(true);
  });

  it('dividends raise all stakes by their parts', () => {
    give(alice, 300n);
    give(bob, 100n);
    increaseStakeForHotkeyOnSubnet(x, hot, NETUID, 400n);
    expect([stakeOf(alice), stakeOf(bob)]).toEqual([600n, 200n]);
    decreaseStakeForHotkeyOnSubnet(x, hot, NETUID, 200n);
    expect([stakeOf(alice), stakeOf(bob)]).toEqual([450n, 150n]);
    expect(StakingHotkeys.get(x, bob)).toEqual([hot2, hot]);
  });
});

describe('fees of swaps', () => {
  it('in TAO go from the subnet to the author (:921)', () => {
    setAuthor(x, author);
    const before = { pool: pool(), author: freeBalance(x, author), issued: totalIssuance(x) };
    add(alice, 10n * TAO);
    const event = subtensorEvents(x).at(-1) as { value: readonly unknown[] };
    const fee = event.value[5] as bigint;
    expect(fee).toBe((10n * TAO * 33n) / 65_535n);
    expect(freeBalance(x, author) - before.author).toBe(fee);
    expect(pool() - before.pool).toBe(10n * TAO - fee);
    expect(SubnetTAO.get(x, NETUID)).toBe(1_010n * TAO - fee);
    expect(TotalStake.get(x)).toBe(10n * TAO);
    expect(SubnetVolume.get(x, NETUID)).toBe(10n * TAO);
    expect(SubnetTaoFlow.get(x, NETUID)).toBe(10n * TAO - fee);
    expect(totalIssuance(x)).toBe(before.issued);
    expect(event).toEqual({ type: 'StakeAdded', value: [alice, hot, 10n * TAO, stakeOf(alice), NETUID, fee] });
  });

  it('in alpha are sold for the author, in a swap of their own (:790)', () => {
    setAuthor(x, author);
    give(alice, 100n * TAO);
    const before = { author: freeBalance(x, author), alice: freeBalance(x, alice), pool: pool() };
    remove(alice, 50n * TAO);
    const fee = (50n * TAO * 33n) / 65_535n;
    expect(SubnetAlphaIn.get(x, NETUID)).toBe(2_050n * TAO);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(450n * TAO);
    const [paid, earned] = [freeBalance(x, alice) - before.alice, freeBalance(x, author) - before.author];
    expect(earned).toBeGreaterThan(0n);
    expect(earned).toBeLessThan(fee / 2n);
    expect(before.pool - pool()).toBe(paid + earned);
    expect(SubnetTAO.get(x, NETUID)).toBe(1_000n * TAO - paid - earned);
    expect(SubnetTaoFlow.get(x, NETUID)).toBe(-paid - earned);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'StakeRemoved',
      value: [alice, hot, paid, 50n * TAO - fee, NETUID, fee],
    });
  });

  it('are burnt without an author: TAO on the burn account, alpha in the books (:801, :932)', () => {
    add(alice, 10n * TAO);
    const fee = (10n * TAO * 33n) / 65_535n;
    expect(freeBalance(x, BURN_ACCOUNT)).toBe(fee);
    remove(alice, 5n * TAO);
    expect(AlphaBurned.get(x, NETUID)).toBe((5n * TAO * 33n) / 65_535n);
    // The burnt alpha stays out of the pool and counts as out.
    expect(SubnetAlphaIn.get(x, NETUID) + SubnetAlphaOut.get(x, NETUID)).toBe(2_500n * TAO);
  });
});

describe('without a pool', () => {
  it('root and mechanism 0 swap one to one and free (:645)', () => {
    SubnetMechanism.insert(x, NETUID, 0);
    add(alice, 10n * TAO);
    expect(stakeOf(alice)).toBe(10n * TAO);
    remove(alice, 4n * TAO);
    expect(stakeOf(alice)).toBe(6n * TAO);
    expect(freeBalance(x, alice)).toBe(94n * TAO);
    add(alice, 10n * TAO, ROOT);
    expect(stakeOf(alice, hot, ROOT)).toBe(10n * TAO);
    expect(StakingColdkeys.get(x, alice)).toBe(0n);
    remove(alice, 10n * TAO, ROOT);
    expect(NumStakingColdkeys.get(x)).toBe(0n);
    expect(LastColdkeyHotkeyStakeBlock.get(x, alice, hot)).toBe(1n);
  });

  it('limits at or beyond 1 let all through, others nothing (add_stake.rs:170, remove_stake.rs:372, move_stake.rs:411)', () => {
    const limited = (limit_price: bigint, allow_partial = false) =>
      run(x, alice, 'add_stake_limit', { hotkey: hot, netuid: ROOT, amount_staked: TAO, limit_price, allow_partial });
    limited(TAO);
    expect(() => limited(TAO - 1n)).toThrow(errors.SlippageTooHigh);
    expect(() => limited(TAO - 1n, true)).toThrow(errors.AmountTooLow);
    expect(getMaxAmountMove(x, ROOT, ROOT, TAO)).toBe(ONE - 1n);
    expect(getMaxAmountMove(x, ROOT, ROOT, TAO + 1n)).toBe(0n);
    expect(getMaxAmountMove(x, ROOT, NETUID, 0n)).toBe(ONE - 1n);
  });
});

describe('limits', () => {
  it('a partial sale leaves the rest staked (:762)', () => {
    give(alice, 400n * TAO);
    run(x, alice, 'remove_stake_limit', {
      hotkey: hot,
      netuid: NETUID,
      amount_unstaked: 300n * TAO,
      limit_price: 490_000_000n,
      allow_partial: true,
    });
    const [, , , sold, , fee] = (subtensorEvents(x).at(-1) as { value: readonly bigint[] }).value;
    expect(Number(sold) / 1e9).toBeCloseTo(2_000 * (Math.sqrt(0.5 / 0.49) - 1), 3);
    expect(stakeOf(alice)).toBe(400n * TAO - sold! - fee!);
  });

  it('between two pools follow the closed form of the pools (move_stake.rs:462)', () => {
    addPool(x, 2, 1_000n * TAO, 1_000n * TAO);
    const max = getMaxAmountMove(x, NETUID, 2, 400_000_000n);
    expect(Number(max) / 1e9).toBeCloseTo((1_000 * 0.5) / 0.4 - 2_000 * 0.5, 6);
    expect(getMaxAmountMove(x, NETUID, 2, 500_000_001n)).toBe(0n);
    expect(getMaxAmountMove(x, NETUID, 2, 0n)).toBe(ONE - 1n);
  });

  it('refusals come in the chain’s order (:1057)', () => {
    const limited = (args: object) =>
      run(x, alice, 'add_stake_limit', {
        hotkey: hot,
        netuid: NETUID,
        amount_staked: 10n * TAO,
        limit_price: 510_000_000n,
        allow_partial: false,
        ...args,
      });
    const stranger = account(99);
    expect(() => limited({ netuid: 7, amount_staked: 1n })).toThrow(errors.SubnetNotExists);
    expect(() => limited({ amount_staked: 1_000_001n * TAO, hotkey: stranger })).toThrow(errors.InsufficientLiquidity);
    expect(() => limited({ amount_staked: 2_001_006n })).toThrow(errors.AmountTooLow);
    expect(() => limited({ amount_staked: 200n * TAO, hotkey: stranger })).toThrow(errors.SlippageTooHigh);
    expect(() => add(alice, 101n * TAO)).toThrow(errors.NotEnoughBalanceToStake);
    expect(() => limited({ amount_staked: 5n * TAO, hotkey: stranger })).toThrow(errors.HotKeyAccountNotExists);
    expect(() => limited({ limit_price: 500_000_000n })).toThrow('Swap.PriceLimitExceeded');
    limited({ amount_staked: 2_001_007n });
    expect(Delegates.containsKey(x, hot)).toBe(false);
    run(x, bob, 'add_stake_limit', {
      hotkey: hot,
      netuid: NETUID,
      amount_staked: TAO,
      limit_price: 510_000_000n,
      allow_partial: false,
    });
    expect(Delegates.get(x, hot)).toBe(11_796);
  });
});

describe('small nominations (helpers.rs:246)', () => {
  beforeEach(() => NominatorMinRequiredStake.put(x, 500_000_000n)); // 1 TAO

  it('are paid out once they are below the minimum, the owner’s never', () => {
    give(alice, TAO);
    give(bob, TAO);
    const before = freeBalance(x, bob);
    clearSmallNominationIfRequired(x, hot, alice, NETUID);
    clearSmallNominationIfRequired(x, hot, bob, NETUID);
    expect(stakeOf(alice)).toBe(TAO);
    expect(stakeOf(bob)).toBe(0n);
    expect(freeBalance(x, bob)).toBeGreaterThan(before);
    // The sale has lowered the price a little below 0.5, so that the minimum is a little above 2 alpha.
    give(bob, (21n * TAO) / 10n);
    clearSmallNominations(x);
    expect(stakeOf(bob)).toBe((21n * TAO) / 10n);
  });

  it('follow a removal, which also drops waiting children of a weak hotkey (remove_stake.rs:96)', () => {
    give(bob, 10n * TAO);
    PendingChildKeys.insert(x, NETUID, hot, [[], 5n]);
    StakeThreshold.put(x, 1n);
    remove(bob, 8n * TAO + 1n);
    expect(stakeOf(bob)).toBe(0n);
    expect(PendingChildKeys.containsKey(x, NETUID, hot)).toBe(false);
  });

  it('are lost where they cannot be sold', () => {
    give(bob, TAO);
    SubnetTAO.insert(x, NETUID, 999_999n);
    SubnetAlphaIn.insert(x, NETUID, 1_999_998n);
    const before = freeBalance(x, bob);
    clearSmallNominationIfRequired(x, hot, bob, NETUID);
    expect(stakeOf(bob)).toBe(0n);
    expect(freeBalance(x, bob)).toBe(before);
  });
});

describe('recycle, burn, add_stake_burn (recycle_alpha.rs)', () => {
  beforeEach(() => {
    give(alice, 100n * TAO);
    TotalAlphaIssuance.insert(x, NETUID, 2_500n * TAO);
  });
  const call = (name: 'recycle_alpha' | 'burn_alpha', amount: bigint, netuid = NETUID, hotkey = hot) =>
    run(x, alice, name, { hotkey, amount, netuid });

  it('recycling lowers the issuance, burning does not', () => {
    call('recycle_alpha', 10n * TAO);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(490n * TAO);
    expect([TotalAlphaIssuance, AlphaRecycled].map((item) => item.get(x, NETUID))).toEqual([2_490n * TAO, 10n * TAO]);
    call('burn_alpha', 10n * TAO);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(490n * TAO);
    expect([TotalAlphaIssuance, AlphaBurned].map((item) => item.get(x, NETUID))).toEqual([2_490n * TAO, 10n * TAO]);
    expect(stakeOf(alice)).toBe(80n * TAO);
    call('burn_alpha', 1_000n * TAO);
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'AlphaBurned', value: [alice, hot, 80n * TAO, NETUID] });
  });

  it('refuse in order', () => {
    expect(() => call('burn_alpha', 1n, 9)).toThrow(errors.SubnetNotExists);
    expect(() => call('burn_alpha', 1n, ROOT)).toThrow(errors.CannotBurnOrRecycleOnRootSubnet);
    expect(() => call('recycle_alpha', 1n, NETUID, account(99))).toThrow(errors.HotKeyAccountNotExists);
    SubnetAlphaOut.insert(x, NETUID, TAO);
    expect(() => call('recycle_alpha', 2n * TAO)).toThrow(errors.InsufficientLiquidity);
  });

  it('add_stake_burn burns exactly what it bought, or does nothing', () => {
    const args = { hotkey: hot, netuid: NETUID, amount: 10n * TAO };
    run(x, alice, 'add_stake_burn', { ...args, limit: undefined });
    expect(stakeOf(alice)).toBe(100n * TAO);
    const bought = AlphaBurned.get(x, NETUID);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'AddStakeBurn',
      value: { netuid: NETUID, hotkey: hot, amount: 10n * TAO, alpha: bought },
    });
    expect(() => run(x, alice, 'add_stake_burn', { ...args, limit: 510_000_000n })).toThrow();
    expect(AlphaBurned.get(x, NETUID)).toBe(bought);
  });
});

describe('orders (order_swap.rs)', () => {
  it('buy and sell wholly or not at all', () => {
    expect(() => buyAlpha(x, alice, hot, NETUID, 50n * TAO, 510_000_000n, true)).toThrow(errors.SlippageTooHigh);
    const alpha = buyAlpha(x, alice, hot, NETUID, 5n * TAO, 510_000_000n, true);
    expect(stakeOf(alice)).toBe(alpha);
    expect(() => buyAlpha(x, alice, hot, NETUID, 1n, 510_000_000n, true)).toThrow(errors.AmountTooLow);
    expect(() => sellAlpha(x, alice, hot, NETUID, alpha, 600_000_000n, true)).toThrow('Swap.PriceLimitExceeded');
    expect(sellAlpha(x, alice, hot, NETUID, alpha, 400_000_000n, true)).toBeGreaterThan(4n * TAO);
  });

  it('transfer stake between keys; the rest of the checks only where asked for', () => {
    give(alice, 10n * TAO);
    const from = { coldkey: alice, hotkey: hot, validate: true };
    const to = { coldkey: bob, hotkey: account(99), validate: true };
    expect(() => transferStakedAlpha(x, from, to, NETUID, 1n)).toThrow(errors.AmountTooLow);
    expect(() => transferStakedAlpha(x, from, to, NETUID, 5n * TAO)).toThrow(errors.HotKeyAccountNotExists);
    transferStakedAlpha(x, from, { ...to, validate: false }, NETUID, 5n * TAO);
    expect(stakeOf(bob, account(99))).toBe(5n * TAO);
    expect(() => transferStakedAlpha(x, { ...from, validate: false }, to, 7, 5n)).toThrow(errors.SubnetNotExists);
    const unchecked = { ...from, validate: false };
    expect(() => transferStakedAlpha(x, unchecked, { ...to, validate: false }, NETUID, 6n * TAO)).toThrow(
      errors.NotEnoughStakeToWithdraw,
    );
  });
});

describe('fees in alpha (pallets/transaction-fee/src/lib.rs:253, :333)', () => {
  const call = (type: string, value: object) => ({ type: 'SubtensorModule', value: { type, value } });

  it('come from the position that the call is about', () => {
    give(alice, TAO);
    give(alice, TAO, hot, ROOT);
    expect(alphaFees.positions(x, alice, call('remove_stake', { hotkey: hot, netuid: 3 }))).toEqual([[hot, 3]]);
    expect(alphaFees.positions(x, alice, call('move_stake', { origin_hotkey: hot2, origin_netuid: 4 }))).toEqual([
      [hot2, 4],
    ]);
    expect(alphaFees.positions(x, alice, call('swap_stake', { hotkey: hot, origin_netuid: 5 }))).toEqual([[hot, 5]]);
    expect(alphaFees.positions(x, alice, call('unstake_all', { hotkey: hot }))).toEqual([
      [hot, ROOT],
      [hot, NETUID],
    ]);
    expect(alphaFees.positions(x, alice, call('add_stake', { hotkey: hot, netuid: 3 }))).toEqual([]);
    expect(alphaFees.positions(x, alice, { type: 'Balances', value: { type: 'remove_stake' } })).toEqual([]);
  });

  it('are sold without a swap fee for the author, all of the stake at most', () => {
    give(alice, TAO);
    expect(alphaFees.canWithdraw(x, alice, hot, NETUID, TAO / 2n)).toBe(true);
    expect(alphaFees.canWithdraw(x, alice, hot, NETUID, TAO / 2n + 1n)).toBe(false);
    const before = freeBalance(x, author);
    const { alpha, tao } = alphaFees.withdraw(x, alice, hot, NETUID, 1_000_000n, author);
    expect(alpha).toBe(2_000_000n);
    expect(freeBalance(x, author) - before).toBe(tao);
    expect(alphaFees.withdraw(x, alice, hot, NETUID, 10n * TAO, author).alpha).toBe(TAO - 2_000_000n);
    expect(stakeOf(alice)).toBe(0n);
  });
});

describe('totals', () => {
  it('value stake at prices, and at what it would bring with the fee added back (helpers.rs:41, :57)', () => {
    give(alice, 100n * TAO);
    give(alice, 10n * TAO, hot, ROOT);
    expect(getTotalStakeForHotkey(x, hot)).toBe(60n * TAO);
    const onSubnet = getTotalStakeForColdkeyOnSubnet(x, alice, NETUID);
    expect(getTotalStakeForColdkey(x, alice)).toBe(onSubnet + 10n * TAO);
    const net = 100 * (1 - 33 / 65_535);
    const out = 1_000 * (1 - 2_000 / (2_000 + net)) + (100 - net) * 0.5;
    expect(Number(onSubnet) / 1e9).toBeCloseTo(out, 5);
  });

  it('the median price averages the middle two and leaves out root and empty pools (:77)', () => {
    expect(getMedianSubnetAlphaPrice(x)).toBe(ONE / 2n);
    addPool(x, 2, 1_000n * TAO, 1_000n * TAO);
    expect(getMedianSubnetAlphaPrice(x)).toBe((3n * ONE) / 4n);
    addPool(x, 3, 0n, 1_000n * TAO);
    addPool(x, 4, 9_000n * TAO, 1_000n * TAO);
    expect(getMedianSubnetAlphaPrice(x)).toBe(ONE);
    for (const netuid of [1, 2, 4]) SubnetTAO.insert(x, netuid, 0n);
    expect(getMedianSubnetAlphaPrice(x)).toBe(ONE);
  });
});

describe('the table of root stakers fills itself (helpers.rs:388)', () => {
  it('thirty shares a block, then from the start again', () => {
    for (let i = 0; i < 45; i++) give(account(100 + i), TAO, hot, i % 2 === 0 ? ROOT : NETUID);
    populateRootColdkeyStakingMapsV2(x);
    expect(AlphaV2MapLastKey.get(x)).toEqual(
      Uint8Array.from(Buffer.from(AlphaV2.keysAfter(x, '', 30).at(-1)![0], 'hex')),
    );
    const first = NumStakingColdkeys.get(x);
    expect(first).toBeGreaterThan(0n);
    populateRootColdkeyStakingMapsV2(x);
    expect(NumStakingColdkeys.get(x)).toBe(23n);
    expect(AlphaV2MapLastKey.exists(x)).toBe(true);
    expect(AlphaV2MapLastKey.get(x)).toBeUndefined();
  });
});

describe('destroy_alpha_in_out_stakes (remove_stake.rs:449)', () => {
  it('pays the pool out by alpha, to the rao, and recycles the rest', () => {
    SubnetTAO.insert(x, NETUID, 1_000n);
    give(alice, 100n);
    give(bob, 200n);
    SubnetOwner.insert(x, NETUID, bob);
    NetworkRegisteredAt.insert(x, NETUID, 0n);
    const before = {
      alice: freeBalance(x, alice),
      bob: freeBalance(x, bob),
      pool: pool(),
      issued: TotalIssuance.get(x),
    };
    destroyAlphaInOutStakes(x, NETUID);
    // 1000 over 100 and 200: 333 + 666, the last rao to the larger remainder (2/3).
    expect(freeBalance(x, alice) - before.alice).toBe(333n);
    expect(freeBalance(x, bob) - before.bob).toBe(667n);
    const recycled = before.pool - 1_000n - 500n;
    expect(RAORecycledForRegistration.get(x, NETUID)).toBe(recycled);
    expect(before.issued - TotalIssuance.get(x)).toBe(recycled);
    expect(pool()).toBe(500n);
    for (const item of [AlphaV2, TotalHotkeyAlpha, TotalHotkeySharesV2]) expect(item.isEmpty(x)).toBe(true);
    for (const item of [SubnetTAO, SubnetAlphaIn, SubnetAlphaOut]) expect(item.containsKey(x, NETUID)).toBe(false);
  });

  it('keeps the pool’s own part for young subnets, and refunds owners of old ones', () => {
    SubnetTAO.insert(x, NETUID, 1_000n);
    SubnetAlphaIn.insert(x, NETUID, 300n);
    SubnetAlphaOut.insert(x, NETUID, 100n);
    give(alice, 100n);
    NetworkRegisteredAt.insert(x, NETUID, 5n);
    NetworkRegistrationStartBlock.put(x, 6n);
    SubnetOwner.insert(x, NETUID, bob);
    SubnetLocked.insert(x, NETUID, 10_000n);
    SubnetOwnerCut.put(x, 32_768);
    const before = { alice: freeBalance(x, alice), bob: freeBalance(x, bob) };
    destroyAlphaInOutStakes(x, NETUID);
    expect(freeBalance(x, alice) - before.alice).toBe(250n);
    // Half of 400 alpha at a price of 1000 / 300 counts as earned.
    expect(freeBalance(x, bob) - before.bob).toBe(10_000n - 666n);
    expect(SubnetLocked.get(x, NETUID)).toBe(0n);
  });
});

it('do_unstake_all_alpha restakes the sum on root, without a check of its token (remove_stake.rs:206)', () => {
  give(alice, 20n * TAO);
  goToBlock(x, 9);
  run(x, alice, 'unstake_all_alpha', { hotkey: hot });
  expect(stakeOf(alice)).toBe(0n);
  expect(stakeOf(alice, hot, ROOT)).toBeGreaterThan(9n * TAO);
  expect(() => run(x, alice, 'unstake_all_alpha', { hotkey: hot })).toThrow(errors.AmountTooLow);
});
