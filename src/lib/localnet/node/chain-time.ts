import { NodeError } from './node-error.ts';

const MAX_TIME = 1n << 53n;

/**
 * Time of the next block in milliseconds since 1970: one slot after the head's, or the first slot at or after `moved`.
 * The chain's clock runs by blocks, not by the wall, so that equal inputs give equal blocks.
 *
 * @throws NodeError `bad-option` when `moved` does not lie after the head.
 */
export function nextBlockTime(headTime: bigint, slotDuration: bigint, moved?: bigint): bigint {
  const next = headTime + slotDuration;
  if (moved === undefined) return next;
  if (moved > MAX_TIME) throw new NodeError('bad-option', `${moved} is not a time in milliseconds`);
  const aligned = ((moved + slotDuration - 1n) / slotDuration) * slotDuration;
  if (aligned < next) {
    throw new NodeError('bad-option', `time cannot go back: the chain is at ${headTime}, asked for ${moved}`, {
      data: { now: Number(headTime), asked: Number(moved) },
    });
  }
  return aligned;
}
