import { addWeight, dbReads, mulWeight, type Weight, weight } from '../../frame/weight.ts';

// Weights of the chain's pallets/utility (src/weights.rs, SubstrateWeight).

const perCall =
  (base: bigint, each: bigint) =>
  (calls: number): Weight =>
    addWeight(addWeight(weight(base, 3983n), dbReads(2)), mulWeight(weight(each), calls));

export const weights = {
  batch: perCall(19_446_696n, 5_450_264n),
  batch_all: perCall(13_428_230n, 5_663_250n),
  force_batch: perCall(12_134_867n, 5_477_293n),
  as_derivative: addWeight(weight(15_378_000n, 3983n), dbReads(2)),
  dispatch_as: weight(6_893_000n),
  dispatch_as_fallible: weight(7_113_000n),
  if_else: addWeight(weight(21_831_000n, 3983n), dbReads(2)),
};
