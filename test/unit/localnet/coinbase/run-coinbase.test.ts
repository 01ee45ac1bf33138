import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { TotalAlphaIssuance } from '../../../../src/lib/localnet/pallets/alpha-assets/spec.ts';
import { freeBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { emitToPools } from '../../../../src/lib/localnet/pallets/subtensor/coinbase/run-coinbase.ts';
import { mintTao } from '../../../../src/lib/localnet/pallets/subtensor/coinbase/tao.ts';
import {
  BlockEmission,
  FirstEmissionBlockNumber,
  MinerBurned,
  NetworkRegistrationAllowed,
  OwnerCutEnabled,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaIn,
  SubnetAlphaInEmission,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetEmissionEnabled,
  SubnetExcessTao,
  SubnetMechanism,
  SubnetMovingPrice,
  SubnetProtocolAlpha,
  SubnetProtocolFlow,
  SubnetRootSellTao,
  SubnetTAO,
  SubnetTaoInEmission,
  SubtokenEnabled,
  TaoWeight,
  TotalIssuance,
  TotalStake,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { addPool, addRoot, emptyState, TAO } from '../../../helpers/stake-state.ts';

/** Source of all: pallets/subtensor/src/coinbase/run_coinbase.rs and subnet_emissions.rs. Expected numbers are worked out by hand. */

const U64_MAX = (1n << 64n) - 1n;
/** Moving prices are I96F32, `MinerBurned` is U96F32. */
const ONE = 1n << 32n;

/** Emitting subnets of the given price averages with 1000 TAO and 1000 alpha in each pool; TAO weighs as much as alpha. */
function withSubnets(movingPrices: Readonly<Record<number, bigint>>, rootTao = 0n): Ext {
  const x = emptyState();
  addRoot(x);
  SubnetTAO.insert(x, 0, rootTao);
  TaoWeight.put(x, U64_MAX);
  for (const [netuid, price] of Object.entries(movingPrices)) {
    addPool(x, Number(netuid), 1000n * TAO, 1000n * TAO);
    FirstEmissionBlockNumber.insert(x, Number(netuid), 1n);
    NetworkRegistrationAllowed.insert(x, Number(netuid), true);
    SubnetMovingPrice.insert(x, Number(netuid), price);
  }
  return x;
}

const emit = (x: Ext, netuids: readonly number[]): void => emitToPools(x, netuids, mintTao(x, TAO));
const taoOf = (x: Ext, netuid: number): bigint => SubnetExcessTao.get(x, netuid) + SubnetTaoInEmission.get(x, netuid);
const near = (actual: bigint, expected: bigint, by = 1n): void => {
  const difference = actual > expected ? actual - expected : expected - actual;
  if (difference > by) expect(actual).toBe(expected);
};

describe('which subnets emit (subnet_emissions.rs:21)', () => {
  it('only started ones with token and registration; nothing at all is written for the others', () => {
    const x = withSubnets({ 1: ONE / 2n, 2: ONE / 2n, 3: ONE / 2n, 4: ONE / 2n });
    FirstEmissionBlockNumber.remove(x, 1);
    SubtokenEnabled.insert(x, 2, false);
    NetworkRegistrationAllowed.insert(x, 3, false);
    SubnetTaoInEmission.insert(x, 3, 5n);
    emit(x, [1, 2, 3, 4]);
    expect([1, 2, 3].map((netuid) => SubnetAlphaOutEmission.containsKey(x, netuid))).toEqual([false, false, false]);
    expect(SubnetTaoInEmission.get(x, 3)).toBe(5n);
    expect([taoOf(x, 4), SubnetAlphaOutEmission.get(x, 4)]).toEqual([TAO, TAO]);
  });
});

describe('shares (subnet_emissions.rs:34, :354)', () => {
  it('go by the average price, less what a subnet withholds from its miners', () => {
    const x = withSubnets({ 1: ONE / 4n, 2: ONE / 4n, 3: ONE / 2n });
    MinerBurned.insert(x, 3, ONE / 2n);
    emit(x, [1, 2, 3]);
    for (const netuid of [1, 2, 3]) near(taoOf(x, netuid), TAO / 3n);
  });

  it('what is withheld counts as all of it at most, and does not count where everybody withholds all', () => {
    const x = withSubnets({ 1: ONE / 4n, 2: ONE / 4n });
    MinerBurned.insert(x, 1, 3n * ONE);
    emit(x, [1, 2]);
    expect([taoOf(x, 1), taoOf(x, 2)]).toEqual([0n, TAO]);
    MinerBurned.insert(x, 2, ONE);
    emit(x, [1, 2]);
    expect([taoOf(x, 1), taoOf(x, 2)]).toEqual([TAO / 2n, TAO / 2n]);
  });

  it('of a switched-off subnet go to the others, its alpha comes all the same', () => {
    const x = withSubnets({ 1: ONE / 4n, 2: ONE / 4n, 3: ONE / 2n });
    SubnetEmissionEnabled.insert(x, 3, false);
    SubnetTaoInEmission.insert(x, 3, 9n);
    SubnetExcessTao.insert(x, 3, 9n);
    emit(x, [1, 2, 3]);
    expect([taoOf(x, 1), taoOf(x, 2)]).toEqual([TAO / 2n, TAO / 2n]);
    // Yesterday's numbers go.
    expect([SubnetTaoInEmission.tryGet(x, 3), SubnetExcessTao.tryGet(x, 3)]).toEqual([0n, 0n]);
    expect(SubnetAlphaOutEmission.get(x, 3)).toBe(TAO);
    expect(SubnetAlphaInEmission.tryGet(x, 3)).toBe(0n);
  });

  it('nobody takes the block’s TAO: it leaves the issuance again', () => {
    for (const disable of [true, false]) {
      const x = withSubnets({ 1: disable ? ONE : 0n });
      if (disable) SubnetEmissionEnabled.insert(x, 1, false);
      const before = TotalIssuance.get(x);
      emit(x, [1]);
      expect([TotalIssuance.get(x), taoOf(x, 1), SubnetTAO.get(x, 1)]).toEqual([before, 0n, 1000n * TAO]);
      expect(SubnetAlphaOutEmission.get(x, 1)).toBe(TAO);
    }
  });
});

describe('into the pool (:70, :177)', () => {
  it('alpha enters up to root’s part of its emission, TAO beside it, the rest of the TAO buys alpha', () => {
    const x = withSubnets({ 1: ONE }, 1000n * TAO);
    const account = subnetAccountId(1);
    const [balance, issuance] = [freeBalance(x, account), TotalIssuance.get(x)];
    SubnetRootSellTao.insert(x, 1, 5n);
    emit(x, [1]);
    // Root owns 1000 of 2000: half of the alpha may enter.
    const half = TAO / 2n;
    expect([SubnetAlphaInEmission.get(x, 1), SubnetTaoInEmission.get(x, 1)]).toEqual([half, half]);
    expect(SubnetExcessTao.get(x, 1)).toBe(half);
    // 1000 - 1000 · 1000 / 1000.5: bought from the pool as it was before this block's liquidity.
    const bought = SubnetProtocolAlpha.get(x, 1);
    near(bought, 1000n * TAO - (1000n * TAO * (1000n * TAO)) / (1000n * TAO + half));
    expect(SubnetAlphaIn.get(x, 1)).toBe(1000n * TAO - bought + half);
    expect(SubnetTAO.get(x, 1)).toBe(1001n * TAO);
    expect(TotalStake.get(x)).toBe(TAO);
    expect(SubnetProtocolFlow.get(x, 1)).toBe(TAO);
    expect(freeBalance(x, account)).toBe(balance + TAO);
    expect(TotalIssuance.get(x)).toBe(issuance + TAO);
    expect(SubnetRootSellTao.containsKey(x, 1)).toBe(false);
    // What was bought was issued before; new are the alpha of the pool and the participants', less what root has no claim to.
    const recycled = TAO + half - TotalAlphaIssuance.get(x, 1);
    expect(SubnetAlphaOut.get(x, 1)).toBe(bought + TAO - recycled);
  });

  it('without TAO on root all of it buys alpha', () => {
    const x = withSubnets({ 1: ONE });
    emit(x, [1]);
    expect([SubnetTaoInEmission.get(x, 1), SubnetAlphaInEmission.get(x, 1)]).toEqual([0n, 0n]);
    expect(SubnetExcessTao.get(x, 1)).toBe(TAO);
  });

  it('a purchase that fails leaves the TAO on the subnet’s account, in no book but the issuance', () => {
    const x = withSubnets({ 1: ONE });
    SubnetAlphaIn.insert(x, 1, 999_999n);
    const before = [freeBalance(x, subnetAccountId(1)), TotalIssuance.get(x)];
    emit(x, [1]);
    expect([freeBalance(x, subnetAccountId(1)), TotalIssuance.get(x)]).toEqual(before.map((amount) => amount + TAO));
    expect([SubnetExcessTao.get(x, 1), SubnetTAO.get(x, 1), TotalStake.get(x)]).toEqual([0n, 1000n * TAO, 0n]);
    expect([SubnetProtocolAlpha.containsKey(x, 1), SubnetProtocolFlow.containsKey(x, 1)]).toEqual([false, false]);
  });

  it('a price that rounds to nothing would add TAO alone: a pool that this would unbalance takes none', () => {
    const x = withSubnets({ 1: ONE }, 1000n * TAO);
    SubnetTAO.insert(x, 1, 1_000n);
    SubnetAlphaIn.insert(x, 1, 10_000n * TAO);
    const issuance = TotalIssuance.get(x);
    emit(x, [1]);
    expect([SubnetTaoInEmission.get(x, 1), SubnetExcessTao.get(x, 1), SubnetTAO.get(x, 1)]).toEqual([0n, 0n, 1_000n]);
    expect(TotalIssuance.get(x)).toBe(issuance);
  });

  it('a subnet without a pool swaps one to one', () => {
    const x = withSubnets({ 1: 0n });
    SubnetMechanism.insert(x, 1, 0);
    emit(x, [1]);
    expect(SubnetExcessTao.get(x, 1)).toBe(TAO);
    expect([SubnetProtocolAlpha.get(x, 1), SubnetAlphaIn.get(x, 1)]).toEqual([TAO, 999n * TAO]);
  });

  it('remembers as block emission the alpha of the last subnet below its own limit', () => {
    const x = withSubnets({ 1: ONE / 4n, 2: ONE / 4n, 3: ONE / 4n });
    SubnetAlphaOut.insert(x, 2, 10_500_000n * TAO);
    SubnetAlphaOut.insert(x, 3, 21_000_000n * TAO);
    emit(x, [3, 2, 1]);
    expect([1, 2, 3].map((netuid) => SubnetAlphaOutEmission.get(x, netuid))).toEqual([TAO, TAO / 2n, 0n]);
    // In order of netuids, whatever the order of the list; a full subnet leaves it as it was.
    expect(BlockEmission.get(x)).toBe(TAO / 2n);
  });
});

describe('alpha for participants (:233)', () => {
  /** 11796 / 65535 in 2^-32, rounded down. */
  const CUT = (11_796n * ONE) / 65_535n;

  it('the owner’s 18 %, half of the rest for miners, root’s part out of the validators’ half', () => {
    const x = withSubnets({ 1: ONE / 2n, 2: ONE / 2n + 1n }, 1000n * TAO);
    emit(x, [1, 2]);
    const owner = TAO * CUT;
    const rest = TAO * ONE - owner;
    // Root's part is that after this block's alpha; what was bought changed hands only.
    const alpha = 1000n * TAO + SubnetAlphaInEmission.get(x, 1) + TAO;
    const ofRoot = (1000n * TAO * ONE) / (1000n * TAO + alpha);
    const root = (ofRoot * rest) / ONE / 2n;
    expect(PendingOwnerCut.get(x, 1)).toBe(owner / ONE);
    expect(PendingServerEmission.get(x, 1)).toBe(rest / 2n / ONE);
    expect(PendingRootAlphaDivs.get(x, 1)).toBe(root / ONE);
    expect(PendingValidatorEmission.get(x, 1)).toBe((rest - rest / 2n - root) / ONE);
    expect(TotalAlphaIssuance.get(x, 1)).toBe(TAO + SubnetAlphaInEmission.get(x, 1));
  });

  it('root’s part is recycled unless the average prices add up to more than 1 (:457)', () => {
    const x = withSubnets({ 1: ONE / 2n, 2: ONE / 2n }, 1000n * TAO);
    emit(x, [1, 2]);
    expect(PendingRootAlphaDivs.containsKey(x, 1)).toBe(false);
    const kept = PendingOwnerCut.get(x, 1) + PendingServerEmission.get(x, 1) + PendingValidatorEmission.get(x, 1);
    // Each of the three lost less than one rao by rounding, and so did root's part.
    near(TotalAlphaIssuance.get(x, 1) - SubnetAlphaInEmission.get(x, 1), kept, 4n);
    expect(kept).toBeLessThan((TAO * 9n) / 10n);
  });

  it('without the owner’s cut the owner’s pot is not touched', () => {
    const x = withSubnets({ 1: ONE });
    OwnerCutEnabled.insert(x, 1, false);
    emit(x, [1]);
    expect(PendingOwnerCut.containsKey(x, 1)).toBe(false);
    expect([PendingServerEmission.get(x, 1), PendingValidatorEmission.get(x, 1)]).toEqual([TAO / 2n, TAO / 2n]);
  });

  it('pots gather from block to block', () => {
    const x = withSubnets({ 1: ONE });
    emit(x, [1]);
    const once = PendingServerEmission.get(x, 1);
    emit(x, [1]);
    expect(PendingServerEmission.get(x, 1)).toBe(2n * once);
  });
});
