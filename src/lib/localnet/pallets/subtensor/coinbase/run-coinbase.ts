import { U96F32 } from '../../../fixed/fixed.ts';
import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { adjustProtocolLiquidity, currentAlphaPrice, MAX_PRICE } from '../../swap/swap.ts';
import { getAlphaIssuance, getMovingAlphaPrice, swapTaoForAlpha } from '../staking/stake-utils.ts';
import {
  BlockEmission,
  OwnerCutEnabled,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaInEmission,
  SubnetAlphaOutEmission,
  SubnetExcessTao,
  SubnetOwnerCut,
  SubnetProtocolAlpha,
  SubnetRootSellTao,
  SubnetTAO,
  SubnetTaoInEmission,
  TaoWeight,
  TotalStake,
} from '../storage.ts';
import { getSubnetAccountId } from '../subnets/subnet-account.ts';
import { mintAlpha, recycleSubnetAlpha, resolveToAlphaIn, resolveToAlphaOut } from './alpha.ts';
import { blockEmissionForIssuance, TOTAL_SUPPLY } from './block-emission.ts';
import { distributeEmission } from './distribute-emission.ts';
import { drainPending } from './epoch-schedule.ts';
import { rootProportion, taoWeightOf } from './root-proportion.ts';
import { getSubnetsToEmitTo, recordProtocolInflow, subnetBlockEmissions } from './subnet-emissions.ts';
import { getNetworkRootSellFlag, getSubnetTerms, type SubnetTerms } from './subnet-shares.ts';
import { recycleCredit, spendTao } from './tao.ts';

/** The coinbase: where a block's TAO and alpha go. Source: coinbase/run_coinbase.rs. */

const HALF = U96F32.saturatingFromF64(0.5);
const U16_MAX_FIXED = U96F32.saturatingFromNum(65_535n);

/** Emission at an issuance, remembered in `BlockEmission` as the chain does at every look-up below the limit. */
export function getBlockEmissionForIssuance(x: Ext, issuance: bigint): bigint {
  if (issuance >= TOTAL_SUPPLY) return 0n;
  const emission = blockEmissionForIssuance(issuance);
  if (BlockEmission.get(x) !== emission) BlockEmission.put(x, emission);
  return emission;
}

/** Part of a subnet that root owns now, U96F32. */
export function rootProportionOf(x: Ext, netuid: number): bigint {
  return rootProportion(SubnetTAO.get(x, 0), getAlphaIssuance(x, netuid), taoWeightOf(TaoWeight.get(x)));
}

/** @param credit TAO minted for this block, in rao */
export function runCoinbase(x: Ext, netuids: readonly number[], credit: bigint): void {
  const subnets = netuids.filter((netuid) => netuid !== 0);
  emitToPools(x, subnets, credit);
  distributeEmission(x, drainPending(x, subnets));
}

/** The coinbase up to the epochs: the block's TAO and alpha go into pools and pending pots. `subnets` without root. */
export function emitToPools(x: Ext, subnets: readonly number[], credit: bigint): void {
  SubnetRootSellTao.clear(x);
  const emitting = getSubnetsToEmitTo(x, subnets);
  const emissions = subnetBlockEmissions(x, emitting, U96F32.saturatingFromNum(credit));
  const rootSell = getNetworkRootSellFlag(emitting.map((netuid) => getMovingAlphaPrice(x, netuid)));
  emitToSubnets(x, emitting, emissions, credit, rootSell);
}

function emitToSubnets(
  x: Ext,
  netuids: readonly number[],
  emissions: readonly bigint[],
  credit: bigint,
  rootSell: boolean,
): void {
  const terms = new Map<number, SubnetTerms>();
  // The chain walks a map ordered by netuid here, which decides what BlockEmission holds last.
  const order = netuids.map((netuid, i) => [netuid, emissions[i]!] as const).sort(([a], [b]) => a - b);
  for (const [netuid, emission] of order) {
    const alphaEmission = getBlockEmissionForIssuance(x, getAlphaIssuance(x, netuid));
    terms.set(
      netuid,
      getSubnetTerms(emission, alphaEmission, currentAlphaPrice(x, netuid), rootProportionOf(x, netuid)),
    );
  }
  injectAndMaybeSwap(x, netuids, terms, credit);
  const cut = ownerCutOf(SubnetOwnerCut.get(x));
  for (const netuid of netuids) emitAlphaOut(x, netuid, terms.get(netuid)!.alphaOut, cut, rootSell);
}

/** Who gets which part of a subnet's alpha, in rao. */
export interface AlphaSplit {
  readonly owner: bigint;
  readonly server: bigint;
  readonly validator: bigint;
  /** For those who staked TAO on root; recycled unless root dividends are sold. */
  readonly root: bigint;
}

/**
 * @param minted alpha of the block, U96F32 of rao
 * @param cut the owner's part, U96F32; undefined where the owner's cut is off
 * @param ofRoot root's part of the subnet, U96F32
 */
export function splitAlphaOut(minted: bigint, cut: bigint | undefined, ofRoot: bigint): AlphaSplit {
  const owner = cut === undefined ? 0n : U96F32.saturatingMul(minted, cut);
  const rest = U96F32.saturatingSub(minted, owner);
  const root = U96F32.saturatingMul(U96F32.saturatingMul(ofRoot, rest), HALF);
  const server = U96F32.saturatingMul(rest, HALF);
  const validator = U96F32.saturatingSub(U96F32.saturatingSub(rest, server), root);
  return {
    owner: U96F32.saturatingToU64(owner),
    server: U96F32.saturatingToU64(server),
    validator: U96F32.saturatingToU64(validator),
    root: U96F32.saturatingToU64(root),
  };
}

/** `SubnetOwnerCut` as U96F32. */
export const ownerCutOf = (stored: number): bigint =>
  U96F32.safeDiv(U96F32.saturatingFromNum(BigInt(stored)), U16_MAX_FIXED);

/** Alpha for owner, miners, validators and root: minted and put aside until the subnet's epoch. */
function emitAlphaOut(x: Ext, netuid: number, alphaOut: bigint, cut: bigint, rootSell: boolean): void {
  const created = U96F32.saturatingToU64(alphaOut);
  SubnetAlphaOutEmission.insert(x, netuid, created);
  resolveToAlphaOut(x, netuid, mintAlpha(x, netuid, created));
  const ownerCut = OwnerCutEnabled.get(x, netuid) ? cut : undefined;
  const { owner, server, validator, root } = splitAlphaOut(alphaOut, ownerCut, rootProportionOf(x, netuid));
  if (ownerCut !== undefined) PendingOwnerCut.mutate(x, netuid, (total) => saturatingAddU64(total, owner));
  PendingServerEmission.mutate(x, netuid, (total) => saturatingAddU64(total, server));
  PendingValidatorEmission.mutate(x, netuid, (total) => saturatingAddU64(total, validator));
  if (rootSell) PendingRootAlphaDivs.mutate(x, netuid, (total) => saturatingAddU64(total, root));
  else recycleSubnetAlpha(x, netuid, root);
}

function injectAndMaybeSwap(
  x: Ext,
  netuids: readonly number[],
  terms: ReadonlyMap<number, SubnetTerms>,
  credit: bigint,
): void {
  let remaining = credit;
  for (const netuid of netuids) {
    const account = getSubnetAccountId(x, netuid);
    if (account === undefined) continue;
    const { taoIn, alphaIn, excessTao } = terms.get(netuid)!;
    const injected = adjustProtocolLiquidity(x, netuid, U96F32.saturatingToU64(taoIn), U96F32.saturatingToU64(alphaIn));
    SubnetExcessTao.insert(x, netuid, 0n);
    SubnetTaoInEmission.insert(x, netuid, 0n);
    const excess = U96F32.saturatingToU64(excessTao);
    if (excess > 0n) {
      const rest = spendTao(x, account, remaining, excess);
      if (rest !== undefined) {
        remaining = rest;
        chainBuy(x, netuid, excess);
      }
    }
    SubnetAlphaInEmission.insert(x, netuid, injected.alpha);
    resolveToAlphaIn(x, netuid, mintAlpha(x, netuid, injected.alpha));
    if (injected.tao > 0n) {
      const rest = spendTao(x, account, remaining, injected.tao);
      if (rest !== undefined) {
        remaining = rest;
        SubnetTaoInEmission.insert(x, netuid, injected.tao);
        SubnetTAO.mutate(x, netuid, (total) => saturatingAddU64(total, injected.tao));
        TotalStake.mutate(x, (total) => saturatingAddU64(total, injected.tao));
        recordProtocolInflow(x, netuid, injected.tao);
      }
    }
  }
  if (remaining > 0n) recycleCredit(x, remaining);
}

/** Buys alpha for the protocol with TAO that may not enter the pool as liquidity. A failed swap leaves the TAO on the subnet's account. */
function chainBuy(x: Ext, netuid: number, tao: bigint): void {
  let bought: ReturnType<typeof swapTaoForAlpha>;
  try {
    bought = swapTaoForAlpha(x, netuid, tao, MAX_PRICE, true);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return;
  }
  SubnetProtocolAlpha.mutate(x, netuid, (total) => saturatingAddU64(total, bought.amountPaidOut));
  SubnetExcessTao.insert(x, netuid, bought.amountPaidIn);
  recordProtocolInflow(x, netuid, bought.amountPaidIn);
}
