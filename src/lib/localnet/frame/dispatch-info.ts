import { type DispatchInfo, type Pays, type PostInfo, type Weight, weight } from './weight.ts';

/** A normal call: its weight, and whether it pays (it does unless said otherwise). */
export const normal = (of: Weight, pays: Pays = 'Yes'): DispatchInfo => ({ weight: of, class: 'Normal', pays });
export const operational = (of: Weight, pays: Pays = 'Yes'): DispatchInfo => ({
  weight: of,
  class: 'Operational',
  pays,
});
export const mandatory = (of: Weight, pays: Pays = 'Yes'): DispatchInfo => ({ weight: of, class: 'Mandatory', pays });

/** A normal call from the numbers of `call-weights.json`: picoseconds and bytes. */
export const costs = (refTime: bigint, proofSize: bigint | number = 0n, pays: Pays = 'Yes'): DispatchInfo =>
  normal(weight(refTime, proofSize), pays);

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The smaller of each component. */
export const minWeight = (a: Weight, b: Weight): Weight => ({
  ref_time: smaller(a.ref_time, b.ref_time),
  proof_size: smaller(a.proof_size, b.proof_size),
});

/** The larger of each component. */
export const maxWeight = (a: Weight, b: Weight): Weight => ({
  ref_time: larger(a.ref_time, b.ref_time),
  proof_size: larger(a.proof_size, b.proof_size),
});

/** Whether any component is greater. */
export const anyGreater = (a: Weight, b: Weight): boolean => a.ref_time > b.ref_time || a.proof_size > b.proof_size;

/** `PostDispatchInfo::calc_actual_weight`: what the call really used, at most what it declared. */
export const actualWeight = (post: PostInfo, info: DispatchInfo): Weight =>
  post.actualWeight ? minWeight(post.actualWeight, info.weight) : info.weight;

/** `PostDispatchInfo::pays_fee`: free when either the declaration or the outcome says so. */
export const actualPays = (post: PostInfo, info: DispatchInfo): Pays =>
  info.pays === 'No' || post.pays === 'No' ? 'No' : 'Yes';
