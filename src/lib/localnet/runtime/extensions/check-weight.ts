import { anyGreater } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { emptyExtension } from '../../frame/metadata.ts';
import type { TransactionExtension } from '../../frame/transaction-extension.ts';
import { invalid } from '../../frame/transaction-validity.ts';
import { addWeight, type DispatchInfo, weight } from '../../frame/weight.ts';
import { reclaimWeight } from '../../pallets/system/block.ts';
import { blockWeights, classKey, limitsOf, totalConsumed } from '../../pallets/system/block-weight.ts';
import { AllExtrinsicsLen, BlockWeight, constants } from '../../pallets/system/spec.ts';
import type { BlockLength } from '../../pallets/system/types.ts';
import { unit } from '../../scale/primitives.ts';
import type { Type, ValueOf } from '../../scale/type.ts';

// Limits of a block in weight and bytes (frame-system 41 src/extensions/check_weight.rs).

const blockLength = constants.BlockLength.value as ValueOf<typeof BlockLength>;
const U64_MAX = 0xffff_ffff_ffff_ffffn;
const MAX_U32 = 0xffff_ffff;

/** The block's length with this extrinsic. @throws ExhaustsResources */
function checkLimits(x: Ext, info: DispatchInfo, length: number): number {
  const next = Math.min((AllExtrinsicsLen.get(x) ?? 0) + length, MAX_U32);
  if (next > blockLength.max[classKey(info.class)]) throw invalid('ExhaustsResources');
  const { max_extrinsic } = limitsOf(info.class);
  if (max_extrinsic && anyGreater(info.weight, max_extrinsic)) throw invalid('ExhaustsResources');
  return next;
}

/** Counts the extrinsic's weight and length. @throws ExhaustsResources */
function count(x: Ext, info: DispatchInfo, length: number, nextLength: number): void {
  const limits = limitsOf(info.class);
  const key = classKey(info.class);
  const before = BlockWeight.get(x);
  const own = addWeight(addWeight(info.weight, limits.base_extrinsic), weight(0n, length));
  const limited = limits.max_total !== undefined || limits.reserved !== undefined;
  const overflows = before[key].ref_time + own.ref_time > U64_MAX || before[key].proof_size + own.proof_size > U64_MAX;
  if (limited && overflows) throw invalid('ExhaustsResources');
  const used = { ...before, [key]: addWeight(before[key], own) };
  if (limits.max_total && anyGreater(used[key], limits.max_total)) throw invalid('ExhaustsResources');
  if (anyGreater(totalConsumed(used), blockWeights.max_block)) {
    if (limits.reserved && anyGreater(used[key], limits.reserved)) throw invalid('ExhaustsResources');
  }
  AllExtrinsicsLen.put(x, nextLength);
  BlockWeight.put(x, used);
}

const inner = emptyExtension('frame_system::extensions::check_weight::CheckWeight');

export const checkWeight: TransactionExtension<number> = {
  identifier: 'CheckWeight',
  type: { ...inner, shape: () => ({ ...inner.shape(), params: [{ name: 'T' }] }) },
  additionalSigned: unit as Type<unknown>,
  validate: (x, { info, length }) => ({ val: checkLimits(x, info, length) }),
  prepare: (x, { info, length }, nextLength) => count(x, info, length, nextLength),
  postDispatch: (x, { info }, _, postInfo) => reclaimWeight(x, info, postInfo),
  bareValidate: (x, info, length) => {
    checkLimits(x, info, length);
  },
  bareValidateAndPrepare: (x, info, length) => count(x, info, length, checkLimits(x, info, length)),
  barePostDispatch: (x, info, postInfo) => reclaimWeight(x, info, postInfo),
};
