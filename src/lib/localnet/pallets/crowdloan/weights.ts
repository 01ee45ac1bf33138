import { addWeight, dbReadsWrites, type Weight, weight } from '../../frame/weight.ts';

// Weights of the chain's pallets/crowdloan (src/weights.rs, SubstrateWeight).

export const weights = {
  create: addWeight(weight(59_829_000n, 6148n), dbReadsWrites(3, 5)),
  contribute: addWeight(weight(66_609_000n, 6148n), dbReadsWrites(5, 4)),
  withdraw: addWeight(weight(60_259_000n, 6148n), dbReadsWrites(4, 4)),
  finalize: addWeight(weight(31_507_000n, 4_197_809n), dbReadsWrites(4, 2)),
  /** By the contributors that get their money back. */
  refund: (contributors: number): Weight =>
    addWeight(
      weight(110_703_000n + 39_503_253n * BigInt(contributors), 3747n + 2579n * BigInt(contributors)),
      dbReadsWrites(2 + 2 * contributors, 2 * contributors),
    ),
  dissolve: addWeight(weight(66_939_000n, 6148n), dbReadsWrites(4, 5)),
  update_min_contribution: addWeight(weight(13_259_000n, 3747n), dbReadsWrites(2, 1)),
  update_end: addWeight(weight(12_048_000n, 3747n), dbReadsWrites(1, 1)),
  update_cap: addWeight(weight(11_357_000n, 3747n), dbReadsWrites(1, 1)),
  set_max_contribution: addWeight(weight(16_024_000n, 3747n), dbReadsWrites(2, 1)),
};
