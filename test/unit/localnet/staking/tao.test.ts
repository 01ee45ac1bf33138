import { beforeEach, describe, expect, it } from 'vitest';
import { BadOrigin } from '../../../../src/lib/localnet/frame/dispatch-error.ts';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { ROOT as ROOT_ORIGIN, signed } from '../../../../src/lib/localnet/frame/origin.ts';
import {
  freeBalance,
  setTotalIssuance,
  totalIssuance,
} from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import {
  BURN_ACCOUNT,
  burnTao,
  MAX_TAO_ISSUANCE,
  mintTao,
  recycleCredit,
  recycleTao,
  spendTao,
  transferAllTaoAndKill,
  transferTao,
  transferTaoFromSubnet,
  transferTaoToSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/coinbase/tao.ts';
import { errors } from '../../../../src/lib/localnet/pallets/subtensor/errors.ts';
import { SubnetAlphaIn, SubnetTAO, TotalIssuance } from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { calls as swapCalls } from '../../../../src/lib/localnet/pallets/swap/calls.ts';
import {
  FeeRate,
  PalSwapInitialized,
  SwapBalancer,
  errors as swapErrors,
} from '../../../../src/lib/localnet/pallets/swap/spec.ts';
import {
  adjustProtocolLiquidity,
  clearProtocolLiquidity,
  currentAlphaPrice,
  getAlphaAmountForTao,
  initSwap,
  maybeInitializePalswap,
  simSwap,
} from '../../../../src/lib/localnet/pallets/swap/swap.ts';
import { account, addPool, emptyState, fund, TAO } from '../../../helpers/stake-state.ts';

const alice = account(1);
const bob = account(2);
const DEPOSIT = 500n;
const ONE = 1n << 64n;
let x: Ext;

beforeEach(() => {
  x = emptyState();
  addPool(x, 1, 1_000n * TAO, 2_000n * TAO);
  fund(x, alice, 10n * TAO);
});

/** Source: pallets/subtensor/src/coinbase/tao.rs. */
describe('movements of TAO', () => {
  it('a transfer that leaves dust takes the dust off both issuances (:35)', () => {
    const before = [totalIssuance(x), TotalIssuance.get(x)];
    transferTao(x, alice, bob, 10n * TAO - 400n);
    expect([totalIssuance(x), TotalIssuance.get(x)]).toEqual(before.map((total) => total - 400n));
    expect(freeBalance(x, alice)).toBe(0n);
    expect(() => transferTao(x, bob, alice, 10n * TAO)).toThrow(errors.InsufficientBalance);
    transferAllTaoAndKill(x, bob, alice);
    transferAllTaoAndKill(x, bob, alice);
    expect([freeBalance(x, bob), freeBalance(x, alice)]).toEqual([0n, 10n * TAO - 400n]);
  });

  it('staking keeps the payer alive and says what moved (:122)', () => {
    expect(transferTaoToSubnet(x, 1, alice, 0n)).toBe(0n);
    expect(() => transferTaoToSubnet(x, 9, alice, 1n)).toThrow(errors.SubnetNotExists);
    expect(transferTaoToSubnet(x, 1, alice, 99n * TAO)).toBe(10n * TAO - DEPOSIT);
    expect(() => transferTaoToSubnet(x, 1, alice, 1n)).toThrow(errors.InsufficientBalance);
    expect(() => transferTaoFromSubnet(x, 9, alice, 1n)).toThrow(errors.SubnetNotExists);
    transferTaoFromSubnet(x, 1, alice, TAO);
    expect(freeBalance(x, alice)).toBe(TAO + DEPOSIT);
  });

  it('burning moves to an account, recycling lowers both issuances (:178, :186)', () => {
    const before = [totalIssuance(x), TotalIssuance.get(x)];
    burnTao(x, alice, TAO);
    expect(freeBalance(x, BURN_ACCOUNT)).toBe(TAO);
    expect([totalIssuance(x), TotalIssuance.get(x)]).toEqual(before);
    expect(() => recycleTao(x, alice, 9n * TAO)).toThrow(errors.InsufficientBalance);
    recycleTao(x, alice, TAO);
    expect([totalIssuance(x), TotalIssuance.get(x)]).toEqual(before.map((total) => total - TAO));
  });

  it('minting stops at 21 million, and a credit is spent in parts or recycled (:236, :262, :287)', () => {
    setTotalIssuance(x, MAX_TAO_ISSUANCE - 5n * TAO);
    const stored = TotalIssuance.get(x);
    expect(mintTao(x, 3n * TAO)).toBe(3n * TAO);
    const credit = mintTao(x, 3n * TAO);
    expect(credit).toBe(2n * TAO);
    expect(mintTao(x, 1n)).toBe(0n);
    expect(TotalIssuance.get(x) - stored).toBe(5n * TAO);
    expect(spendTao(x, bob, credit, 3n * TAO)).toBeUndefined();
    expect(spendTao(x, bob, credit, DEPOSIT - 1n)).toBeUndefined();
    const rest = spendTao(x, bob, credit, TAO)!;
    expect([rest, freeBalance(x, bob)]).toEqual([TAO, TAO]);
    recycleCredit(x, rest);
    recycleCredit(x, 0n);
    expect(totalIssuance(x)).toBe(MAX_TAO_ISSUANCE - TAO);
    expect(TotalIssuance.get(x) - stored).toBe(4n * TAO);
  });

  it('accounts of subnets and of burning are the chain’s', () => {
    expect(Buffer.from(BURN_ACCOUNT, 'hex').subarray(0, 12).toString()).toBe('modlburntnsr');
    expect(subnetAccountId(0x0102).slice(24, 30)).toBe('020100');
  });
});

/** Source: pallets/swap/src/pallet/impls.rs, mod.rs. */
describe('the pool beside swaps', () => {
  it('starts with even weights, or at a price, once (impls.rs:38)', () => {
    maybeInitializePalswap(x, 1, ONE / 2n);
    expect(SwapBalancer.get(x, 1).quote).toBe(500_000_000_000_000_000n);
    maybeInitializePalswap(x, 1, ONE);
    expect(SwapBalancer.get(x, 1).quote).toBe(500_000_000_000_000_000n);
    clearProtocolLiquidity(x, 1);
    expect([SubnetTAO.get(x, 1), SubnetAlphaIn.get(x, 1)]).toEqual([0n, 0n]);
    expect(PalSwapInitialized.containsKey(x, 1)).toBe(false);
    expect(() => maybeInitializePalswap(x, 1, ONE)).toThrow(swapErrors.ReservesOutOfBalance);
    addPool(x, 2, 1_000n * TAO, 3_000n * TAO);
    maybeInitializePalswap(x, 2, 3n * ONE);
    expect(SwapBalancer.get(x, 2).quote).toBe(100_000_000_000_000_000n);
    expect(Number(currentAlphaPrice(x, 2)) / 2 ** 64).toBeCloseTo(3, 12);
    addPool(x, 3, 1n * TAO, 3_000n * TAO);
    initSwap(x, 3, ONE);
    expect(PalSwapInitialized.get(x, 3)).toBe(false);
  });

  it('is one to one without a pool, for subnets that exist (impls.rs:365)', () => {
    expect(simSwap(x, 0, 'buy', 5n).amountPaidOut).toBe(0n);
    expect(currentAlphaPrice(x, 7)).toBe(ONE);
    expect(getAlphaAmountForTao(x, 7, 5n)).toBe(5n);
    expect(getAlphaAmountForTao(x, 1, 5n)).toBe(10n);
    addPool(x, 4, TAO, 0n);
    expect(currentAlphaPrice(x, 4)).toBe(0n);
    expect(getAlphaAmountForTao(x, 4, 5n)).toBe(0n);
  });

  it('a simulation leaves no trace, not even of the first use', () => {
    const before = x.changes();
    simSwap(x, 1, 'sell', TAO);
    expect(x.changes()).toEqual(before);
  });

  it('refuses liquidity that would tip the weights (impls.rs:84)', () => {
    expect(adjustProtocolLiquidity(x, 1, 0n, 500_000n * TAO)).toEqual({ tao: 0n, alpha: 0n });
    expect(adjustProtocolLiquidity(x, 1, TAO, 2n * TAO)).toEqual({ tao: TAO, alpha: 2n * TAO });
  });

  it('set_fee_rate is root’s, for subnets that exist, up to 10000; liquidity of users is gone (mod.rs:185)', () => {
    const { set_fee_rate, ...others } = swapCalls;
    expect(() => set_fee_rate.run(x, signed(alice), { netuid: 1, rate: 1 })).toThrow(BadOrigin);
    expect(() => set_fee_rate.run(x, ROOT_ORIGIN, { netuid: 9, rate: 10_001 })).toThrow(
      swapErrors.MechanismDoesNotExist,
    );
    expect(() => set_fee_rate.run(x, ROOT_ORIGIN, { netuid: 1, rate: 10_001 })).toThrow(swapErrors.FeeRateTooHigh);
    set_fee_rate.run(x, ROOT_ORIGIN, { netuid: 1, rate: 10_000 });
    expect(FeeRate.get(x, 1)).toBe(10_000);
    for (const call of Object.values(others))
      expect(() => call.run(x, signed(alice), {})).toThrow(swapErrors.Deprecated);
  });
});
