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
  TotalIssuance,
} from '../storage.ts';
import { blockEmissionForIssuance } from './block-emission.ts';
import { type AlphaSplit, ownerCutOf, rootProportionOf, splitAlphaOut } from './run-coinbase.ts';
import { getSubnetsToEmitTo } from './subnet-emissions.ts';
import { getNetworkRootSellFlag } from './subnet-shares.ts';

/** Where a block's TAO and alpha went, as the state after it tells. Amounts are rao. Source: coinbase/run_coinbase.rs. */

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
  /** Root's part of the subnet, U96F32. */
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
  /** Of it, TAO that no subnet took and that went back. */
  readonly taoRecycled: bigint;
  /** Whether root's alpha is kept for root stakers; it is recycled otherwise. */
  readonly rootDividendsSold: boolean;
  /** All subnets but root, by number. */
  readonly subnets: readonly SubnetEmission[];
}

const NOTHING: AlphaSplit = { owner: 0n, server: 0n, validator: 0n, root: 0n };

export function readEmission(x: Ext): ChainEmission {
  const netuids = [...NetworksAdded.keys(x)].filter((netuid) => netuid !== 0).sort((a, b) => a - b);
  const emitting = new Set(getSubnetsToEmitTo(x, netuids));
  const subnets = netuids.map((netuid) => readSubnetEmission(x, netuid, emitting.has(netuid)));
  const issuance = TotalIssuance.get(x);
  const blockEmission = blockEmissionForIssuance(issuance);
  const placed = subnets.reduce((sum, { taoInjected, taoChainBuys }) => sum + taoInjected + taoChainBuys, 0n);
  return {
    block: Number(currentBlock(x)),
    issuance,
    balancesIssuance: totalIssuance(x),
    blockEmission,
    taoRecycled: saturatingSub(blockEmission, placed),
    rootDividendsSold: getNetworkRootSellFlag([...emitting].map((netuid) => getMovingAlphaPrice(x, netuid))),
    subnets,
  };
}

function readSubnetEmission(x: Ext, netuid: number, emitting: boolean): SubnetEmission {
  // What a subnet that stopped emitting last got still stands in storage.
  const now = (amount: bigint): bigint => (emitting ? amount : 0n);
  const alphaMinted = now(SubnetAlphaOutEmission.get(x, netuid));
  const cut = OwnerCutEnabled.get(x, netuid) ? ownerCutOf(SubnetOwnerCut.get(x)) : undefined;
  const rootProportion = rootProportionOf(x, netuid);
  return {
    netuid,
    emitting,
    taoEnabled: SubnetEmissionEnabled.get(x, netuid),
    taoInjected: now(SubnetTaoInEmission.get(x, netuid)),
    taoChainBuys: now(SubnetExcessTao.get(x, netuid)),
    alphaInjected: now(SubnetAlphaInEmission.get(x, netuid)),
    alphaMinted,
    split: emitting ? splitAlphaOut(U96F32.saturatingFromNum(alphaMinted), cut, rootProportion) : NOTHING,
    minerBurned: MinerBurned.get(x, netuid),
    rootProportion,
    price: currentAlphaPrice(x, netuid),
    movingPrice: getMovingAlphaPrice(x, netuid),
    poolTao: SubnetTAO.get(x, netuid),
    poolAlpha: SubnetAlphaIn.get(x, netuid),
    outsideAlpha: SubnetAlphaOut.get(x, netuid),
    alphaIssuance: getAlphaIssuance(x, netuid),
  };
}
