import { addWeight, dbReadsWrites, dbWrites, mulWeight, type Weight, weight } from '../../frame/weight.ts';

// Weights of frame-system 41 (src/weights.rs, SubstrateWeight).

const linear = (base: Weight, perItem: Weight, items: number): Weight => addWeight(base, mulWeight(perItem, items));

export const weights = {
  remark: (bytes: number): Weight => linear(weight(1_586_000n), weight(10_920n), bytes),
  remark_with_event: (bytes: number): Weight => linear(weight(4_725_000n), weight(12_386n), bytes),
  set_heap_pages: addWeight(weight(2_836_000n), dbWrites(1)),
  set_storage: (items: number): Weight => linear(weight(1_565_000n), addWeight(weight(733_648n), dbWrites(1)), items),
  kill_storage: (keys: number): Weight => linear(weight(1_624_000n), addWeight(weight(566_903n), dbWrites(1)), keys),
  kill_prefix: (keys: number): Weight =>
    linear(weight(2_964_000n), addWeight(weight(1_340_742n, 70n), dbReadsWrites(1, 1)), keys),
  authorize_upgrade: addWeight(weight(15_570_000n), dbWrites(1)),
};
