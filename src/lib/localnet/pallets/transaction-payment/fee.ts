import { actualPays, actualWeight, minWeight } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import type { DispatchClass, DispatchInfo, Pays, PostInfo, Weight } from '../../frame/weight.ts';
import { blockWeights, limitsOf } from '../system/block-weight.ts';
import { NextFeeMultiplier } from './spec.ts';

// Fees: pallet-transaction-payment of polkadot-sdk with the chain's LinearWeightToFee (pallets/transaction-fee/src/lib.rs).
// Everything in rao.

const MAX = 0xffff_ffff_ffff_ffffn;
const BILLION = 1_000_000_000n;
/** Perbill 0.0005: rao per picosecond. */
const FEE_PER_PICOSECOND = 500_000n;
const FIXED_ONE = 1_000_000_000_000_000_000n;
const cap = (value: bigint): bigint => (value > MAX ? MAX : value);

export interface InclusionFee {
  readonly base_fee: bigint;
  readonly len_fee: bigint;
  readonly adjusted_weight_fee: bigint;
}

export interface FeeDetails {
  /** Undefined for a call that does not pay. */
  readonly inclusion_fee: InclusionFee | undefined;
  readonly tip: bigint;
}

/** `Perbill * u64`: rounded to nearest, exact halves down. */
function perbill(parts: bigint, value: bigint): bigint {
  const product = parts * value;
  const quotient = product / BILLION;
  return (product % BILLION) * 2n > BILLION ? quotient + 1n : quotient;
}

/** What an amount of weight costs, at most what a whole block costs. Proof size is free. */
export function weightToFee(weight: Weight): bigint {
  return perbill(FEE_PER_PICOSECOND, minWeight(weight, blockWeights.max_block).ref_time);
}

function detailsOf(x: Ext, length: number, weight: Weight, tip: bigint, pays: Pays, of: DispatchClass): FeeDetails {
  if (pays === 'No') return { inclusion_fee: undefined, tip };
  const adjusted = (NextFeeMultiplier.get(x) * weightToFee(weight)) / FIXED_ONE;
  return {
    inclusion_fee: {
      base_fee: weightToFee(limitsOf(of).base_extrinsic),
      len_fee: BigInt(length),
      adjusted_weight_fee: cap(adjusted),
    },
    tip,
  };
}

export function finalFee({ inclusion_fee, tip }: FeeDetails): bigint {
  if (!inclusion_fee) return tip;
  const { base_fee, len_fee, adjusted_weight_fee } = inclusion_fee;
  return cap(cap(cap(base_fee + len_fee) + adjusted_weight_fee) + tip);
}

/** The fee before dispatch. `length` is the encoded length of the extrinsic in bytes. */
export const feeDetails = (x: Ext, length: number, info: DispatchInfo, tip: bigint): FeeDetails =>
  detailsOf(x, length, info.weight, tip, info.pays, info.class);

export const computeFee = (x: Ext, length: number, info: DispatchInfo, tip: bigint): bigint =>
  finalFee(feeDetails(x, length, info, tip));

/** The fee after dispatch, with the weight that was really used. */
export const computeActualFee = (x: Ext, length: number, info: DispatchInfo, post: PostInfo, tip: bigint): bigint =>
  finalFee(detailsOf(x, length, actualWeight(post, info), tip, actualPays(post, info), info.class));
