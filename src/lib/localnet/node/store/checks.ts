import { assertHash } from './block-codec.ts';
import type { BlockCommit, BlockId } from './chain-store.ts';
import { StoreError } from './store-error.ts';

/** @throws RangeError when a block does not follow the head: an error of the caller. */
export function checkFollows(head: BlockId | undefined, block: BlockCommit): void {
  assertHash(block.hash);
  if (head !== undefined && block.number !== head.number + 1) {
    throw new RangeError(`block ${block.number} does not follow block ${head.number}`);
  }
  if (!Number.isInteger(block.number) || block.number < 0 || block.number >= 2 ** 32) {
    throw new RangeError(`not a block number: ${block.number}`);
  }
}

export function noSuchBlock(id: number | string): StoreError {
  return new StoreError('unknown-block', `block ${id} is not on this chain`);
}

export function notRetained(number: number): StoreError {
  return new StoreError('pruned', `the state of block ${number} is not kept`);
}
