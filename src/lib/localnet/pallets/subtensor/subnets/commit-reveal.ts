import { saturatingAddU64 } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import { blake2_256 } from '../../../frame/hashing.ts';
import { toHex } from '../../../scale/bytes.ts';
import { tuple, vec } from '../../../scale/compound.ts';
import { u16, u64 } from '../../../scale/primitives.ts';
import { encode } from '../../../scale/type.ts';
import { type AccountId, AccountId32 } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { shouldRunEpoch } from '../coinbase/epoch-schedule.ts';
import { RevealPeriodEpochs, SubnetEpochIndex } from '../storage.ts';

/** When commits of weights are revealed, and what they commit to. Source: pallets/subtensor subnets/weights.rs. */

/** Number of a subnet's epoch, with one that is due in this block counted already. */
export function currentEpochWithLookahead(x: Ext, netuid: number): bigint {
  const epoch = SubnetEpochIndex.get(x, netuid);
  return shouldRunEpoch(x, netuid, currentBlock(x)) ? saturatingAddU64(epoch, 1n) : epoch;
}

const revealEpochOf = (x: Ext, netuid: number, commitEpoch: bigint): bigint =>
  saturatingAddU64(commitEpoch, RevealPeriodEpochs.get(x, netuid));

/** Whether a commit of that epoch may be revealed now. */
export const isRevealBlockRange = (x: Ext, netuid: number, commitEpoch: bigint): boolean =>
  currentEpochWithLookahead(x, netuid) === revealEpochOf(x, netuid, commitEpoch);

/** Whether a commit of that epoch can no longer be revealed. */
export const isCommitExpired = (x: Ext, netuid: number, commitEpoch: bigint): boolean =>
  currentEpochWithLookahead(x, netuid) > revealEpochOf(x, netuid, commitEpoch);

const Committed = tuple(AccountId32, u16, vec(u16), vec(u16), vec(u16), u64);

/** Weights as they are committed to and revealed. */
export interface RevealedWeights {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  readonly versionKey: bigint;
}

/** Blake2-256 that a commit consists of. @param index storage index of the mechanism */
export function getCommitHash(
  who: AccountId,
  index: number,
  { uids, values, salt, versionKey }: RevealedWeights,
): string {
  return toHex(blake2_256(encode(Committed, [who, index, uids, values, salt, versionKey])));
}
