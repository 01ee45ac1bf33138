import { U96F32 } from '../../../fixed/fixed.ts';
import { saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import { totalIssuance } from '../../balances/currency.ts';
import { currentAlphaPrice } from '../../swap/swap.ts';
import { currentBlock } from '../../system/block-number.ts';
import { getAlphaIssuance, getMovingAlphaPrice } from '../staking/stake-utils.ts';
import {
  MinerBurned,
  NetworksAdded,
  OwnerCutEnabled,
  SubnetAlphaIn,
  SubnetAlphaInEmission,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetEmissionEnabled,
  SubnetExcessTao,
  SubnetOwnerCut,
  SubnetTAO,
  SubnetTaoInEmission,
  TaoWeight,
  TotalIssuance,
} from '../storage.ts';
import { blockEmissionForIssuance } from './block-emission.ts';
import { rootProportion, taoWeightOf } from './root-proportion.ts';
import { type AlphaSplit, ownerCutOf, rootProportionOf, splitAlphaOut } from './run-coinbase.ts';
import { getSubnetsToEmitTo } from './subnet-emissions.ts';
import { getNetworkRootSellFlag } from './subnet-shares.ts';

/** Where a block's TAO and alpha went, as the states before and after it tell. Amounts are rao. Source: coinbase/run_coinbase.rs. */

export interface SubnetEmission {
  readonly netuid: number;
  /** Started, its token enabled and open to registrations: only such a subnet emits. */
  readonly emitting: boolean;
  /** `SubnetEmissionEnabled`: without it alpha is emitted, but no TAO. */
  readonly taoEnabled: boolean;
  /** TAO put into the pool, and TAO that bought alpha from it. */
  readonly taoInjected: bigint;
  readonly taoChainBuys: bigint;
  /** Alpha put into the pool, and alpha minted for participants. */
  readonly alphaInjected: bigint;
  readonly alphaMinted: bigint;
  /** Who gets the minted alpha. */
  readonly split: AlphaSplit;
  /** Part of the miners' incentive that the last epoch withheld, U96F32. */
  readonly minerBurned: bigint;
  /** Root's part of the subnet when the block's alpha was shared out, U96F32. */
  readonly rootProportion: bigint;
  /** U64F64 of TAO per alpha. */
  readonly price: bigint;
  readonly movingPrice: bigint;
  readonly poolTao: bigint;
  readonly poolAlpha: bigint;
  readonly outsideAlpha: bigint;
  readonly alphaIssuance: bigint;
}

export interface ChainEmission {
  readonly block: number;
  /** The issuance that the emission curve goes by. */
  readonly issuance: bigint;
  /** The currency's own count. */
  readonly balancesIssuance: bigint;
  /** TAO that a block mints at this issuance. */
  readonly blockEmission: bigint;
  /** TAO that the block minted, no subnet took, and that went back. */
  readonly taoRecycled: bigint;
  /** Whether the block's alpha for root was kept for root stakers; it is recycled otherwise. */
  readonly rootDividendsSold: boolean;
  /** All subnets but root, by number. */
  readonly subnets: readonly SubnetEmission[];
}

/**
 * What the coinbase of a block went by, which its epochs and extrinsics then change: TAO on root, alpha, settings. The state
 * before the block has it, since nothing that runs before the coinbase touches it (coinbase/block_step.rs).
 */
export interface CoinbaseTerms {
  readonly issuance: bigint;
  readonly rootTao: bigint;
  /** U96F32. */
  readonly taoWeight: bigint;
  /** `SubnetOwnerCut` as U96F32. */
  readonly ownerCut: bigint;
  readonly rootDividendsSold: boolean;
  /** The subnets that the block emits to, by number. */
  readonly emitting: ReadonlyMap<number, { readonly alphaIssuance: bigint; readonly ownerCutEnabled: boolean }>;
}

/** @param x the state before the block */
export function readCoinbaseTerms(x: Ext): CoinbaseTerms {
  const emitting = getSubnetsToEmitTo(x, [...NetworksAdded.keys(x)]);
  return {
    issuance: TotalIssuance.get(x),
    rootTao: SubnetTAO.get(x, 0),
    taoWeight: taoWeightOf(TaoWeight.get(x)),
    ownerCut: ownerCutOf(SubnetOwnerCut.get(x)),
    rootDividendsSold: getNetworkRootSellFlag(emitting.map((netuid) => getMovingAlphaPrice(x, netuid))),
    emitting: new Map(
      emitting.map((netuid) => [
        netuid,
        { alphaIssuance: getAlphaIssuance(x, netuid), ownerCutEnabled: OwnerCutEnabled.get(x, netuid) },
      ]),
    ),
  };
}

const NOTHING: AlphaSplit = { owner: 0n, server: 0n, validator: 0n, root: 0n };

/**
 * @param x the state after the block
 * @param terms of the state before it; of the genesis, of itself
 */
export function readEmission(x: Ext, terms: CoinbaseTerms): ChainEmission {
  const netuids = [...NetworksAdded.keys(x)].filter((netuid) => netuid !== 0).sort((a, b) => a - b);
  const emitting = new Set(getSubnetsToEmitTo(x, netuids));
  const subnets = netuids.map((netuid) => readSubnetEmission(x, netuid, emitting.has(netuid), terms));
  const issuance = TotalIssuance.get(x);
  const blockEmission = blockEmissionForIssuance(issuance);
  const placed = subnets.reduce((sum, { taoInjected, taoChainBuys }) => sum + taoInjected + taoChainBuys, 0n);
  return {
    block: Number(currentBlock(x)),
    issuance,
    balancesIssuance: totalIssuance(x),
    blockEmission,
    taoRecycled: saturatingSub(blockEmissionForIssuance(terms.issuance), placed),
    rootDividendsSold: terms.rootDividendsSold,
    subnets,
  };
}

function readSubnetEmission(x: Ext, netuid: number, emitting: boolean, terms: CoinbaseTerms): SubnetEmission {
  // What a subnet that stopped emitting last got still stands in storage.
  const emitted = terms.emitting.get(netuid);
  const now = (amount: bigint): bigint => (emitted ? amount : 0n);
  const alphaInjected = now(SubnetAlphaInEmission.get(x, netuid));
  const alphaMinted = now(SubnetAlphaOutEmission.get(x, netuid));
  const rootProportionThen = emitted
    ? rootProportion(terms.rootTao, emitted.alphaIssuance + alphaInjected + alphaMinted, terms.taoWeight)
    : rootProportionOf(x, netuid);
  const cut = emitted?.ownerCutEnabled ? terms.ownerCut : undefined;
  return {
    netuid,
    emitting,
    taoEnabled: SubnetEmissionEnabled.get(x, netuid),
    taoInjected: now(SubnetTaoInEmission.get(x, netuid)),
    taoChainBuys: now(SubnetExcessTao.get(x, netuid)),
    alphaInjected,
    alphaMinted,
    split: emitted ? splitAlphaOut(U96F32.saturatingFromNum(alphaMinted), cut, rootProportionThen) : NOTHING,
    minerBurned: MinerBurned.get(x, netuid),
    rootProportion: rootProportionThen,
    price: currentAlphaPrice(x, netuid),
    movingPrice: getMovingAlphaPrice(x, netuid),
    poolTao: SubnetTAO.get(x, netuid),
    poolAlpha: SubnetAlphaIn.get(x, netuid),
    outsideAlpha: SubnetAlphaOut.get(x, netuid),
    alphaIssuance: getAlphaIssuance(x, netuid),
  };
}
