import { struct } from '../scale/compound.ts';
import { compactBigint, u64 } from '../scale/primitives.ts';

/** Execution cost: `ref_time` in picoseconds, `proof_size` in bytes. */
export interface Weight {
  readonly ref_time: bigint;
  readonly proof_size: bigint;
}

export const WeightType = struct('sp_weights::weight_v2::Weight', {
  ref_time: compactBigint(u64),
  proof_size: compactBigint(u64),
});

const U64_MAX = 0xffffffffffffffffn;

export const weight = (ref_time: bigint | number, proof_size: bigint | number = 0n): Weight => ({
  ref_time: BigInt(ref_time),
  proof_size: BigInt(proof_size),
});

export const NO_WEIGHT: Weight = weight(0n);

const cap = (value: bigint): bigint => (value > U64_MAX ? U64_MAX : value < 0n ? 0n : value);

/** Saturating. */
export const addWeight = (a: Weight, b: Weight): Weight =>
  weight(cap(a.ref_time + b.ref_time), cap(a.proof_size + b.proof_size));
/** Saturating at zero. */
export const subWeight = (a: Weight, b: Weight): Weight =>
  weight(cap(a.ref_time - b.ref_time), cap(a.proof_size - b.proof_size));
/** Saturating. */
export const mulWeight = (a: Weight, by: bigint | number): Weight =>
  weight(cap(a.ref_time * BigInt(by)), cap(a.proof_size * BigInt(by)));

/** RocksDbWeight of the chain: 25,000 ns a read and 100,000 ns a write, in picoseconds. */
export const dbReads = (count: bigint | number): Weight => weight(25_000_000n * BigInt(count));
export const dbWrites = (count: bigint | number): Weight => weight(100_000_000n * BigInt(count));
export const dbReadsWrites = (reads: bigint | number, writes: bigint | number): Weight =>
  addWeight(dbReads(reads), dbWrites(writes));

export type DispatchClass = 'Normal' | 'Operational' | 'Mandatory';
export type Pays = 'Yes' | 'No';

/** What a call declares before it runs. */
export interface DispatchInfo {
  readonly weight: Weight;
  readonly class: DispatchClass;
  readonly pays: Pays;
}

/** What a call says after it ran: the weight it really needed (undefined: as declared) and whether it pays. */
export interface PostInfo {
  readonly actualWeight?: Weight;
  readonly pays?: Pays;
}
