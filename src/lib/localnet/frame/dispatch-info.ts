import { maxOf, minOf } from '../fixed/integer.ts';
import { type DispatchInfo, type Pays, type PostInfo, type Weight, weight } from './weight.ts';

/** A normal call: its weight, and whether it pays (it does unless said otherwise). */
export const normal = (of: Weight, pays: Pays = 'Yes'): DispatchInfo => ({ weight: of, class: 'Normal', pays });
export const operational = (of: Weight, pays: Pays = 'Yes'): DispatchInfo => ({
  weight: of,
  class: 'Operational',
  pays,
});
export const mandatory = (of: Weight, pays: Pays = 'Yes'): DispatchInfo => ({ weight: of, class: 'Mandatory', pays });

/** A normal call from what the chain's weights are for it: picoseconds and bytes. */
export const costs = (refTime: bigint, proofSize: bigint | number = 0n, pays: Pays = 'Yes'): DispatchInfo =>
  normal(weight(refTime, proofSize), pays);

/** The smaller of each component. */
export const minWeight = (a: Weight, b: Weight): Weight => ({
  ref_time: minOf(a.ref_time, b.ref_time),
  proof_size: minOf(a.proof_size, b.proof_size),
});

/** The larger of each component. */
export const maxWeight = (a: Weight, b: Weight): Weight => ({
  ref_time: maxOf(a.ref_time, b.ref_time),
  proof_size: maxOf(a.proof_size, b.proof_size),
});

/** Whether any component is greater. */
export const anyGreater = (a: Weight, b: Weight): boolean => a.ref_time > b.ref_time || a.proof_size > b.proof_size;

/** `PostDispatchInfo::calc_actual_weight`: what the call really used, at most what it declared. */
export const actualWeight = (post: PostInfo, info: DispatchInfo): Weight =>
  post.actualWeight ? minWeight(post.actualWeight, info.weight) : info.weight;

/** `PostDispatchInfo::pays_fee`: free when either the declaration or the outcome says so. */
export const actualPays = (post: PostInfo, info: DispatchInfo): Pays =>
  info.pays === 'No' || post.pays === 'No' ? 'No' : 'Yes';
