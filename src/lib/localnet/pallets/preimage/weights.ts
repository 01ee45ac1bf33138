import { addWeight, dbReadsWrites, type Weight, weight } from '../../frame/weight.ts';

// Weights of pallet-preimage 41 (src/weights.rs, SubstrateWeight).

export const weights = {
  /** By the bytes of the preimage. */
  note_preimage: (bytes: number): Weight =>
    addWeight(weight(50_499_000n + 13_491n * BigInt(bytes), 28_584n), dbReadsWrites(5, 3)),
  unnote_preimage: addWeight(weight(50_830_000n, 3892n), dbReadsWrites(3, 3)),
  request_preimage: addWeight(weight(19_292_000n, 3556n), dbReadsWrites(2, 1)),
  unrequest_preimage: addWeight(weight(20_209_000n, 3556n), dbReadsWrites(2, 2)),
  /** By the number of hashes. */
  ensure_updated: (hashes: number): Weight =>
    addWeight(
      weight(56_817_000n + 59_397_441n * BigInt(hashes), 28_584n + 2902n * BigInt(hashes)),
      dbReadsWrites(2 + 3 * hashes, 4 * hashes),
    ),
};
